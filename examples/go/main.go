// The dog-breed pipeline of KServe's tutorial, in Go.
package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kserve "github.com/example/cdk8s-kserve-go/cdk8skserve"
)

func classifier(chart cdk8s.Chart, name, path string) kserve.InferenceService {
	return kserve.NewInferenceService(chart, jsii.String(name), &kserve.InferenceServiceProps{
		Predictor: kserve.Predictor_Model(&kserve.ModelPredictorProps{
			Format:    kserve.ModelFormat_PYTORCH(),
			Storage:   kserve.ModelStorage_Gcs(jsii.String("kfserving-examples"), jsii.String("models/torchserve/"+path)),
			Resources: &kserve.ResourceRequirements{Requests: &map[string]*string{"cpu": jsii.String("100m")}},
		}),
	})
}

func main() {
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("dog-breed"), nil)

	catDog := classifier(chart, "cat-dog-classifier", "cat_dog_classification")
	dogBreed := classifier(chart, "dog-breed-classifier", "dog_breed_classification")

	fiveMinutes := cdk8s.Duration_Minutes(jsii.Number(5))
	graph := kserve.NewInferenceGraph(chart, jsii.String("dog-breed-pipeline"), &kserve.InferenceGraphProps{
		Timeouts: &kserve.RouterTimeouts{
			ServerRead: fiveMinutes, ServerWrite: fiveMinutes, ServerIdle: fiveMinutes, ServiceClient: cdk8s.Duration_Seconds(jsii.Number(150)),
		},
		Resources: &kserve.ResourceRequirements{
			Requests: &map[string]*string{"cpu": jsii.String("100m"), "memory": jsii.String("256Mi")},
			Limits:   &map[string]*string{"cpu": jsii.String("1"), "memory": jsii.String("1Gi")},
		},
	})

	// is it a dog? only then ask for its breed, with the picture that came in
	kserve.NewSequenceNode(graph, jsii.String("root"), nil).
		AddStep(catDog, &kserve.SequenceStepOptions{Name: jsii.String("cat_dog_classifier")}).
		AddStep(dogBreed, &kserve.SequenceStepOptions{
			Name:      jsii.String("dog_breed_classifier"),
			Data:      kserve.StepData_REQUEST,
			Condition: kserve.Condition_StringEquals(jsii.String("predictions.0"), jsii.String("dog")),
		})

	app.Synth()
}
