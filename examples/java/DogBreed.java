import com.example.cdk8s.kserve.Condition;
import com.example.cdk8s.kserve.InferenceGraph;
import com.example.cdk8s.kserve.InferenceService;
import com.example.cdk8s.kserve.ModelFormat;
import com.example.cdk8s.kserve.ModelPredictorProps;
import com.example.cdk8s.kserve.ModelStorage;
import com.example.cdk8s.kserve.Predictor;
import com.example.cdk8s.kserve.ResourceRequirements;
import com.example.cdk8s.kserve.RouterTimeouts;
import com.example.cdk8s.kserve.SequenceNode;
import com.example.cdk8s.kserve.SequenceStepOptions;
import com.example.cdk8s.kserve.StepData;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.Duration;

/** The dog-breed pipeline of KServe's tutorial, in Java. */
public final class DogBreed {
    private static InferenceService classifier(Chart chart, String name, String path) {
        return InferenceService.Builder.create(chart, name)
            .predictor(Predictor.model(ModelPredictorProps.builder()
                .format(ModelFormat.PYTORCH)
                .storage(ModelStorage.gcs("kfserving-examples", "models/torchserve/" + path))
                .resources(ResourceRequirements.builder().requests(Map.of("cpu", "100m")).build())
                .build()))
            .build();
    }

    static InferenceGraph pipeline(Chart chart) {
        InferenceService catDog = classifier(chart, "cat-dog-classifier", "cat_dog_classification");
        InferenceService dogBreed = classifier(chart, "dog-breed-classifier", "dog_breed_classification");

        Duration fiveMinutes = Duration.minutes(5);
        InferenceGraph graph = InferenceGraph.Builder.create(chart, "dog-breed-pipeline")
            .timeouts(RouterTimeouts.builder()
                .serverRead(fiveMinutes).serverWrite(fiveMinutes).serverIdle(fiveMinutes).serviceClient(Duration.seconds(150))
                .build())
            .resources(ResourceRequirements.builder()
                .requests(Map.of("cpu", "100m", "memory", "256Mi"))
                .limits(Map.of("cpu", "1", "memory", "1Gi"))
                .build())
            .build();

        // is it a dog? only then ask for its breed, with the picture that came in
        new SequenceNode(graph, "root")
            .addStep(catDog, SequenceStepOptions.builder().name("cat_dog_classifier").build())
            .addStep(dogBreed, SequenceStepOptions.builder()
                .name("dog_breed_classifier")
                .data(StepData.REQUEST)
                .condition(Condition.stringEquals("predictions.0", "dog"))
                .build());
        return graph;
    }

    public static void main(String[] args) {
        App app = new App();
        pipeline(new Chart(app, "dog-breed"));
        app.synth();
    }
}
