package admission

import (
	"encoding/json"
	"sync"

	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
	"github.com/kserve/kserve/pkg/apis/serving/v1beta1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/example/cdk8s-kserve/conformance/internal/kserve"
)

// Question holds the manifest as it was written: a field that stands there twice is a finding.
type Question struct {
	Object json.RawMessage `json:"object"`
}

// Answer holds three separate verdicts; empty means accepted.
type Answer struct {
	// Schema is what the API server says: body, metadata, CRD schema, unique keys of lists.
	Schema []string `json:"schema"`
	// Unknown are the paths that strict field validation refuses, and that are dropped otherwise.
	Unknown []string `json:"unknown"`
	// Webhook is the text with which KServe's validating webhook refuses. It judges what is left after unknown fields are dropped, also
	// where the schema is violated and a control plane would not have asked it. Null: it has no say, as it cannot read the object.
	Webhook *string `json:"webhook"`
	// Undecodable is why the webhook server cannot read the object into its Go type. Where the schema is met, this is the refusal.
	Undecodable string `json:"undecodable,omitempty"`
	// Defaulted is an InferenceService after KServe's mutating webhook.
	Defaulted *v1beta1.InferenceService `json:"defaulted,omitempty"`
}

var graphs = sync.OnceValues(func() (*apiServer, error) { return forResource("inferencegraphs") })

var services = sync.OnceValues(func() (*apiServer, error) { return forResource("inferenceservices") })

func forResource(plural string) (*apiServer, error) {
	crd, err := kserve.CRD(plural)
	if err != nil {
		return nil, err
	}
	return newAPIServer(crd)
}

// AskGraph is the handler of the question "admit".
func AskGraph(line []byte) (any, error) {
	server, err := graphs()
	if err != nil {
		return nil, err
	}
	object, answer, err := receive(server, line)
	if object == nil {
		return answer, err
	}
	answer.Schema = server.validate(object)
	graph := &v1alpha1.InferenceGraph{}
	if err := decodeInto(object, graph); err != nil {
		answer.Undecodable = err.Error()
		return answer, nil
	}
	text := refuseGraph(graph)
	answer.Webhook = &text
	return answer, nil
}

// AskService is the handler of the question "admit-isvc". As in a control plane the mutating webhook comes first, then the schema, then
// the validating webhook.
func AskService(line []byte) (any, error) {
	server, err := services()
	if err != nil {
		return nil, err
	}
	object, answer, err := receive(server, line)
	if object == nil {
		return answer, err
	}
	service := &v1beta1.InferenceService{}
	if err := decodeInto(object, service); err != nil {
		answer.Schema, answer.Undecodable = server.validate(object), err.Error()
		return answer, nil
	}
	if err := defaultService(service); err != nil {
		return nil, err
	}
	answer.Defaulted = service
	mutated, err := runtime.DefaultUnstructuredConverter.ToUnstructured(service)
	if err != nil {
		return nil, err
	}
	answer.Schema = server.validate(&unstructured.Unstructured{Object: mutated})
	text := refuseService(service)
	answer.Webhook = &text
	return answer, nil
}

func receive(server *apiServer, line []byte) (*unstructured.Unstructured, Answer, error) {
	question := Question{}
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, Answer{}, err
	}
	object, unknown, refusal := server.decode(question.Object)
	answer := Answer{Schema: []string{}, Unknown: unknown}
	if refusal != nil {
		answer.Schema = []string{refusal.Error()}
		return nil, answer, nil
	}
	server.prepare(object)
	return object, answer, nil
}
