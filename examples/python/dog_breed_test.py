"""The pipeline, tested without a cluster: each assertion throws with the trace. Run it as it is, or with pytest."""
from cdk8s_kserve import GraphSimulator, ModelAnswer, ModelRequest, StubModel
from dog_breed import graph


class CatOrDog(StubModel):
    """A model of your own: it looks at the request."""

    def answer(self, request: ModelRequest) -> ModelAnswer:
        return ModelAnswer.json({"predictions": ["dog" if "a dog" in request.body else "cat"]})


simulator = (GraphSimulator.of(graph)
    .with_model("cat-dog-classifier", CatOrDog())
    .with_model("dog-breed-classifier", StubModel.json({"predictions": ["collie"]})))


def test_a_cat_is_answered_by_the_first_model() -> None:
    cat = simulator.send({"instances": ["a picture of a cat"]})
    cat.assert_status(200).assert_json({"predictions": ["cat"]}).assert_skipped("dog_breed_classifier")


def test_a_dog_goes_on_to_the_second_model() -> None:
    dog = simulator.send({"instances": ["a picture of a dog"]})
    dog.assert_status(200).assert_json({"predictions": ["collie"]}).assert_ran("dog_breed_classifier")
    print(dog.trace_text())


if __name__ == "__main__":
    test_a_cat_is_answered_by_the_first_model()
    test_a_dog_goes_on_to_the_second_model()
