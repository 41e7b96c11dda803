"""The dog-breed pipeline of KServe's tutorial, in Python."""
from cdk8s import App, Chart, Duration
from cdk8s_kserve import (
    Condition, InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor, ResourceRequirements, RouterTimeouts, SequenceNode, StepData,
)

app = App()
chart = Chart(app, "dog-breed")


def classifier(name: str, path: str) -> InferenceService:
    return InferenceService(chart, name, predictor=Predictor.model(
        format=ModelFormat.PYTORCH,
        storage=ModelStorage.gcs("kfserving-examples", f"models/torchserve/{path}"),
        resources=ResourceRequirements(requests={"cpu": "100m"}),
    ))


cat_dog = classifier("cat-dog-classifier", "cat_dog_classification")
dog_breed = classifier("dog-breed-classifier", "dog_breed_classification")

graph = InferenceGraph(
    chart, "dog-breed-pipeline",
    timeouts=RouterTimeouts(
        server_read=Duration.minutes(5), server_write=Duration.minutes(5), server_idle=Duration.minutes(5), service_client=Duration.seconds(150),
    ),
    resources=ResourceRequirements(requests={"cpu": "100m", "memory": "256Mi"}, limits={"cpu": "1", "memory": "1Gi"}),
)

# is it a dog? only then ask for its breed, with the picture that came in
(SequenceNode(graph, "root")
    .add_step(cat_dog, name="cat_dog_classifier")
    .add_step(dog_breed, name="dog_breed_classifier", data=StepData.REQUEST, condition=Condition.string_equals("predictions.0", "dog")))

app.synth()
