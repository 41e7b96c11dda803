package admission

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestAskGraph(t *testing.T) {
	const undefined = "root node not found, InferenceGraph needs a node with name 'root' as the root node of the graph"
	accepted := ""
	text := func(s string) *string { return &s }
	cases := []struct {
		name, metadata, spec string
		want                 Answer
	}{
		{"accepted", `{"name":"g"}`, `{"nodes":{"root":{"routerType":"Sequence"}}}`, Answer{Schema: []string{}, Unknown: []string{}, Webhook: &accepted}},
		{"each verdict is its own", `{"name":"g"}`, `{"nodes":{"a":{"routerType":"Switch","x":1}},"timeout":"1"}`, Answer{
			[]string{`spec.timeout: Invalid value: "string": spec.timeout in body must be of type integer: "string"`}, []string{"spec.nodes.a.x"}, nil, "json: cannot unmarshal string into Go struct field InferenceGraphSpec.spec.timeout of type int64", nil,
		}},
		{"the webhook judges what violates the schema", `{"name":"g"}`, `{"nodes":{"a":{"routerType":"X"}}}`, Answer{
			[]string{`spec.nodes.a.routerType: Unsupported value: "X": supported values: "Sequence", "Splitter", "Ensemble", "Switch"`}, []string{}, text(undefined), "", nil,
		}},
		{"unknown fields of metadata", `{"name":"g","nmae":"x"}`, `{"nodes":{"root":{"routerType":"Switch"}}}`, Answer{Schema: []string{}, Unknown: []string{"metadata.nmae"}, Webhook: &accepted}},
		{"a field that stands there twice", `{"name":"g"}`, `{"timeout":1,"timeout":2,"nodes":{"root":{"routerType":"Switch"}}}`, Answer{
			[]string{}, []string{`duplicate field "spec.timeout"`}, &accepted, "", nil,
		}},
		{"null is dropped where a field may be absent", `{"name":"g"}`, `{"timeout":null,"nodes":{"root":{"routerType":"Switch","steps":null}}}`, Answer{Schema: []string{}, Unknown: []string{}, Webhook: &accepted}},
		{"null in a list is not", `{"name":"g"}`, `{"nodes":{"root":{"routerType":"Switch","steps":[null]}}}`, Answer{
			[]string{`spec.nodes.root.steps[0]: Invalid value: "null": spec.nodes.root.steps[0] in body must be of type object: "null"`}, []string{},
			text(`Step 0 ("") in node "root" of InferenceGraph "g" does not specify an inference target`), "", nil,
		}},
		{"keys of a list that is a map", `{"name":"g"}`, `{"nodes":{"root":{"routerType":"Switch"}},"resources":{"claims":[{"name":"a"},{"name":"a"}]}}`, Answer{
			[]string{`spec.resources.claims[1]: Duplicate value: {"name":"a"}`}, []string{}, &accepted, "", nil,
		}},
		{"what the schema lets pass and the Go type cannot hold", `{"name":"g"}`, `{"nodes":{"root":{"routerType":"Switch"}},"resources":{"limits":{"cpu":"1e1.5"}}}`, Answer{
			[]string{}, []string{}, nil, `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`, nil,
		}},
		{"several faulty nodes: the first report in the alphabet", `{"name":"g"}`,
			`{"nodes":{"root":{"routerType":"Splitter"},"c":{"routerType":"Splitter"},"b":{"routerType":"Splitter"}}}`, Answer{[]string{}, []string{},
				text("InferenceGraph[g] Node[b] splitter node: the sum of traffic weights for all routing targets should be 100"), "", nil,
			}},
		{"metadata of a wrong type", `{"name":1}`, `{}`, Answer{[]string{"json: cannot unmarshal number into Go struct field ObjectMeta.name of type string"}, []string{}, nil, "", nil}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			line := `{"object":{"apiVersion":"serving.kserve.io/v1alpha1","kind":"InferenceGraph","metadata":` + c.metadata + `,"spec":` + c.spec + `}}`
			got, err := AskGraph([]byte(line))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %s\nwant %s", encoded(t, got), encoded(t, c.want))
			}
		})
	}
}

// What the API server does to an object before anything judges it.
func TestAskGraphPrepares(t *testing.T) {
	cases := []struct {
		name, metadata, status, webhook string
	}{
		{"status is dropped, whatever it is", `{"name":"g"}`, `"text"`, ""},
		{"a name is generated before the webhook is asked", `{"generateName":"g-"}`, `{}`, ""},
		{"and the webhook judges it", `{"generateName":"0-"}`, `{}`, `The InferenceGraph "0-abcde" is invalid: a InferenceGraph name must consist of lower case alphanumeric characters or '-', and must start with alphabetical character. (e.g. "my-name" or "abc-123", regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := AskGraph([]byte(`{"object":{"apiVersion":"serving.kserve.io/v1alpha1","kind":"InferenceGraph","metadata":` + c.metadata +
				`,"spec":{"nodes":{"root":{"routerType":"Switch"}}},"status":` + c.status + `}}`))
			if err != nil {
				t.Fatal(err)
			}
			if want := (Answer{Schema: []string{}, Unknown: []string{}, Webhook: &c.webhook}); !reflect.DeepEqual(got, want) {
				t.Errorf("got %s", encoded(t, got))
			}
		})
	}
}

func TestAskGraphOtherKind(t *testing.T) {
	got, err := AskGraph([]byte(`{"object":{"apiVersion":"v1","kind":"Pod"}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := Answer{Schema: []string{"expected serving.kserve.io/v1alpha1, Kind=InferenceGraph, got /v1, Kind=Pod"}, Unknown: []string{}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %s", encoded(t, got))
	}
}

func TestAskService(t *testing.T) {
	ask := func(t *testing.T, predictor string) Answer {
		t.Helper()
		got, err := AskService([]byte(`{"object":{"apiVersion":"serving.kserve.io/v1beta1","kind":"InferenceService","metadata":{"name":"s"},"spec":{"predictor":` + predictor + `}}}`))
		if err != nil {
			t.Fatal(err)
		}
		return got.(Answer)
	}
	t.Run("the defaulter turns the old form into the new", func(t *testing.T) {
		got := ask(t, `{"sklearn":{"storageUri":"gs://a/b"}}`)
		if len(got.Schema)+len(got.Unknown) > 0 || *got.Webhook != "" {
			t.Fatalf("got %s", encoded(t, got))
		}
		model := got.Defaulted.Spec.Predictor.Model
		if model == nil || model.ModelFormat.Name != "sklearn" || got.Defaulted.Spec.Predictor.SKLearn != nil {
			t.Errorf("got %s", encoded(t, got.Defaulted.Spec))
		}
	})
	t.Run("the webhook refuses", func(t *testing.T) {
		got := ask(t, `{"minReplicas":3,"maxReplicas":1,"sklearn":{"storageUri":"gs://a/b"}}`)
		if *got.Webhook != "'MinReplicas' cannot be greater than MaxReplicas" {
			t.Errorf("got %s", encoded(t, got))
		}
	})
	t.Run("the schema refuses", func(t *testing.T) {
		got := ask(t, `{"minReplicas":"3","sklearn":{}}`)
		want := []string{`spec.predictor.minReplicas: Invalid value: "string": spec.predictor.minReplicas in body must be of type integer: "string"`}
		if !reflect.DeepEqual(got.Schema, want) || got.Webhook != nil {
			t.Errorf("got %s", encoded(t, got))
		}
	})
}

func encoded(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
