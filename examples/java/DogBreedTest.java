import com.example.cdk8s.kserve.GraphSimulator;
import com.example.cdk8s.kserve.ModelAnswer;
import com.example.cdk8s.kserve.ModelRequest;
import com.example.cdk8s.kserve.SimulationResult;
import com.example.cdk8s.kserve.StubModel;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
            return ModelAnswer.json(listOf("predictions", request.getBody().contains("a dog") ? "dog" : "cat"));
        }
    }

    private static ObjectNode listOf(String key, String element) {
        return new ObjectMapper().valueToTree(Map.of(key, List.of(element)));
    }

    public static void main(String[] args) {
        GraphSimulator simulator = GraphSimulator.of(DogBreed.pipeline(new Chart(new App(), "test")))
            .withModel("cat-dog-classifier", new CatOrDog())
            .withModel("dog-breed-classifier", StubModel.json(listOf("predictions", "collie")));

        SimulationResult cat = simulator.send(listOf("instances", "a picture of a cat"));
        cat.assertStatus(200).assertJson(listOf("predictions", "cat")).assertSkipped("dog_breed_classifier");

        SimulationResult dog = simulator.send(listOf("instances", "a picture of a dog"));
        dog.assertStatus(200).assertJson(listOf("predictions", "collie")).assertRan("dog_breed_classifier");
        System.out.println(dog.traceText());
    }
}
