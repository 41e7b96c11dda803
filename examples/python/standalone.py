"""
The router of KServe's dog-breed pipeline without KServe's graph controller, as in ../standalone.ts.
"""
from cdk8s import ApiObject, App, Chart, Duration, JsonPatch
from cdk8s_kserve import (
    Condition, InferenceService, ModelFormat, ModelStorage, NetworkPeer, Predictor, PropagatedHeaders, ResourceRequirements, RouterImage,
    RouterIngress, RouterNetworkPolicy, RouterTimeouts, SequenceNode, StandaloneInferenceGraph, StepData,
)
import cdk8s_plus_28 as kplus

app = App()
chart = Chart(app, "standalone", namespace="dogs")


def classifier(name: str) -> InferenceService:
    return InferenceService(chart, name.replace("_", "-"), predictor=Predictor.model(
        format=ModelFormat.PYTORCH,
        storage=ModelStorage.gcs("kfserving-examples", f"models/torchserve/{name.replace('classifier', 'classification')}"),
        resources=ResourceRequirements(requests={"cpu": "100m"}),
    ))


cat_dog = classifier("cat_dog_classifier")
dog_breed = classifier("dog_breed_classifier")

graph = StandaloneInferenceGraph(
    chart, "dog-breed-pipeline",
    # a mirror in the cluster's own network, with the key to it
    image=RouterImage.kserve(registry="registry.example.com"),
    image_pull_secrets=["mirror"],
    # an answer may take five minutes, so a pod that goes may take five minutes and a half
    timeouts=RouterTimeouts(server_read=Duration.minutes(5), server_write=Duration.minutes(5), service_client=Duration.seconds(150)),
    resources=ResourceRequirements(requests={"cpu": "100m", "memory": "256Mi"}, limits={"cpu": "1", "memory": "1Gi"}),
    min_replicas=2,
    max_replicas=10,
    propagate_headers=[*PropagatedHeaders.TRACING, *PropagatedHeaders.REQUEST_ID],
    network_policy=RouterNetworkPolicy(clients=[NetworkPeer(namespace="ingress-nginx"), NetworkPeer()]),
    ingress=RouterIngress(host="dogs.example.com", class_name="nginx", tls_secret_name="dogs-example-com"),
)

# is it a dog? only then ask for its breed, with the picture that came in
root = SequenceNode(graph, "root")
root.add_step(cat_dog, name="cat_dog_classifier")
root.add_step(
    dog_breed, name="dog_breed_classifier", data=StepData.REQUEST, condition=Condition.string_equals("predictions.0", "dog"),
)

# Deployment, Service and autoscaler are constructs of cdk8s-plus, and go on as such
graph.deployment.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.exists("spot")))
# younger than cdk8s-plus-28: callers stay in their zone
ApiObject.of(graph.service).add_json_patch(JsonPatch.add("/spec/trafficDistribution", "PreferClose"))

app.synth()
