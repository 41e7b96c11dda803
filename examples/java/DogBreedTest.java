import com.example.cdk8s.kserve.GraphSimulator;
import com.example.cdk8s.kserve.ModelAnswer;
import com.example.cdk8s.kserve.ModelRequest;
import com.example.cdk8s.kserve.SimulationResult;
import com.example.cdk8s.kserve.StubModel;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.Chart;

/** The pipeline, tested without a cluster: each assertion throws with the trace. Run it as it is, or from any test framework. */
public final class DogBreedTest {
    /** A model of your own: it looks at the request. */
    static final class CatOrDog extends StubModel {
        @Override
        public ModelAnswer answer(ModelRequest request) {
            return ModelAnswer.json(Map.of("predictions", List.of(request.getBody().contains("a dog") ? "dog" : "cat")));
        }
    }

    public static void main(String[] args) {
        GraphSimulator simulator = GraphSimulator.of(DogBreed.pipeline(new Chart(new App(), "test")))
            .withModel("cat-dog-classifier", new CatOrDog())
            .withModel("dog-breed-classifier", StubModel.json(Map.of("predictions", List.of("collie"))));

        SimulationResult cat = simulator.send(Map.of("instances", List.of("a picture of a cat")));
        cat.assertStatus(200).assertJson(Map.of("predictions", List.of("cat"))).assertSkipped("dog_breed_classifier");

        SimulationResult dog = simulator.send(Map.of("instances", List.of("a picture of a dog")));
        dog.assertStatus(200).assertJson(Map.of("predictions", List.of("collie"))).assertRan("dog_breed_classifier");
        System.out.println(dog.traceText());
    }
}
