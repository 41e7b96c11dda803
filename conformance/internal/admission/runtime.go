package admission

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
	"github.com/kserve/kserve/pkg/webhook/admission/servingruntime"
	admissionv1 "k8s.io/api/admission/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"

	"github.com/example/cdk8s-kserve/conformance/internal/kserve"
)

// RuntimeQuestion holds a ServingRuntime or ClusterServingRuntime, and those that the cluster has already.
type RuntimeQuestion struct {
	Beside []*unstructured.Unstructured `json:"beside"`
}

var runtimes = sync.OnceValues(func() (*apiServer, error) { return forResource("servingruntimes") })

var clusterRuntimes = sync.OnceValues(func() (*apiServer, error) { return forResource("clusterservingruntimes") })

// AskRuntime is the handler of the questions "admit-runtime" and "admit-cluster-runtime".
func AskRuntime(ofCluster bool) func(line []byte) (any, error) {
	crd := runtimes
	if ofCluster {
		crd = clusterRuntimes
	}
	return func(line []byte) (any, error) {
		server, err := crd()
		if err != nil {
			return nil, err
		}
		question := RuntimeQuestion{}
		if err := json.Unmarshal(line, &question); err != nil {
			return nil, err
		}
		object, answer, err := receive(server, line)
		if object == nil {
			return answer, err
		}
		answer.Schema = server.validate(object)
		var into runtime.Object = &v1alpha1.ServingRuntime{}
		if ofCluster {
			into = &v1alpha1.ClusterServingRuntime{}
		}
		if err := decodeInto(object, into); err != nil {
			answer.Undecodable = err.Error()
			return answer, nil
		}
		text, err := refuseRuntime(object, question.Beside, ofCluster)
		answer.Webhook = &text
		return answer, err
	}
}

func refuseRuntime(object *unstructured.Unstructured, beside []*unstructured.Unstructured, ofCluster bool) (string, error) {
	builder := fake.NewClientBuilder().WithScheme(kserve.Scheme())
	for _, other := range beside {
		if !ofCluster && other.GetNamespace() == "" {
			other.SetNamespace(object.GetNamespace()) // applied to the same one
		}
		builder = builder.WithObjects(client.Object(other))
	}
	raw, err := object.MarshalJSON()
	if err != nil {
		return "", err
	}
	request := admission.Request{AdmissionRequest: admissionv1.AdmissionRequest{
		Operation: admissionv1.Create, Namespace: object.GetNamespace(), Object: runtime.RawExtension{Raw: raw},
	}}
	var response admission.Response
	if ofCluster {
		response = (&servingruntime.ClusterServingRuntimeValidator{Client: builder.Build(), Decoder: decoder()}).Handle(context.Background(), request)
	} else {
		response = (&servingruntime.ServingRuntimeValidator{Client: builder.Build(), Decoder: decoder()}).Handle(context.Background(), request)
	}
	if response.Allowed {
		return "", nil
	}
	return response.Result.Message, nil
}
