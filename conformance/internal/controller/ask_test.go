package controller

import (
	"encoding/json"
	"reflect"
	"testing"
)

// manifest of a graph with one step.
func manifest(metadata string) string {
	return `{"apiVersion":"serving.kserve.io/v1alpha1","kind":"InferenceGraph","metadata":` + metadata + `,
	"spec":{"nodes":{"root":{"routerType":"Sequence","steps":[{"serviceName":"a"}]}}}}`
}

func service(extra string) json.RawMessage {
	return json.RawMessage(`{"apiVersion":"serving.kserve.io/v1beta1","kind":"InferenceService","metadata":{"name":"a"},
		"spec":{"predictor":{"model":{"modelFormat":{"name":"pytorch"},"storageUri":"gs://a/b"` + extra + `}}},"status":{"address":{"url":"http://a.default"}}}`)
}

func TestAsk(t *testing.T) {
	cases := []struct {
		name  string
		ask   Question
		kinds []string
		err   string
	}{
		{"standard", Question{Services: []json.RawMessage{service("")}, Mode: "Standard"}, []string{"Service", "Deployment", "HorizontalPodAutoscaler"}, ""},
		{"knative", Question{Services: []json.RawMessage{service("")}, Mode: "Knative"}, []string{"Service"}, ""},
		{"knative without knative", Question{Services: []json.RawMessage{service("")}, Mode: "Knative", NoKnative: true}, []string{},
			"terminal error: the resolved deployment mode of InferenceGraph 'g' is Knative, but Knative Serving is not available"},
		{"no service", Question{Mode: "Standard"}, []string{}, `Failed to find graph service a: inferenceservices.serving.kserve.io "a" not found`},
		{"a configuration that is not good", Question{Mode: "Standard", Config: map[string]json.RawMessage{"router": json.RawMessage(`{"cpuLimit":"x"}`)}}, []string{},
			`Failed to parse resource configuration for router: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := ask(t, c.ask)
			kinds := []string{}
			for _, object := range got.Objects {
				kinds = append(kinds, object["kind"].(string))
			}
			if !reflect.DeepEqual(kinds, c.kinds) || got.ReconcileError != c.err {
				t.Errorf("got %v, error %q", kinds, got.ReconcileError)
			}
		})
	}
}

func TestAskStatus(t *testing.T) {
	got := ask(t, Question{Services: []json.RawMessage{service("")}, Mode: "Standard"}).Status
	want := map[string]any{
		"url":                "http://g-default.example.com",
		"observedGeneration": float64(1),
		"conditions":         []any{map[string]any{"type": "Ready", "status": "True"}, map[string]any{"type": "Stopped", "status": "False"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func ask(t *testing.T, question Question) Answer {
	t.Helper()
	return askGraph(t, `{"name":"g"}`, question)
}

func askGraph(t *testing.T, metadata string, question Question) Answer {
	t.Helper()
	question.Graph = json.RawMessage(manifest(metadata))
	line, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := Ask(line)
	if err != nil {
		t.Fatal(err)
	}
	return answer.(Answer)
}
