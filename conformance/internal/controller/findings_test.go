package controller

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	kedav1alpha1 "github.com/kedacore/keda/v2/apis/keda/v1alpha1"
	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"
	"sigs.k8s.io/yaml"
)

// The cases that FINDINGS.md points at.

// The Deployment's reconciler writes the label app into a map that it shares with the Service and the autoscaler.
func TestEveryObjectGetsTheLabelApp(t *testing.T) {
	got := askGraph(t, `{"name":"g","labels":{"app":"mine"}}`, Question{Services: []json.RawMessage{service("")}, Mode: "Standard"})
	for _, object := range got.Objects {
		labels := object["metadata"].(map[string]any)["labels"].(map[string]any)
		if labels["app"] != "isvc.g" {
			t.Errorf("%s has the label app=%v", object["kind"], labels["app"])
		}
	}
	if len(got.Objects) != 3 {
		t.Errorf("got %d objects", len(got.Objects))
	}
}

// With autoscalerClass keda the ScaledObject has no triggers, which KEDA's CRD requires; when the API server refuses it, the controller panics.
func TestKedaPanics(t *testing.T) {
	crd := &apiextensionsv1.CustomResourceDefinition{}
	content, err := os.ReadFile(filepath.Join(moduleDir(t, "github.com/kedacore/keda/v2"), "config/crd/bases/keda.sh_scaledobjects.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(content, crd); err != nil {
		t.Fatal(err)
	}
	if required := crd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"].Required; !slices.Contains(required, "triggers") {
		t.Fatalf("KEDA's CRD requires %v", required)
	}

	question := Question{
		Graph:    json.RawMessage(manifest(`{"name":"g","namespace":"default","annotations":{"serving.kserve.io/autoscalerClass":"keda"}}`)),
		Services: []json.RawMessage{service("")}, Mode: "Standard",
	}
	graph := &v1alpha1.InferenceGraph{}
	if err := json.Unmarshal(question.Graph, graph); err != nil {
		t.Fatal(err)
	}
	before, err := objectsOf(question)
	if err != nil {
		t.Fatal(err)
	}
	configMaps, err := configMapsOf(question)
	if err != nil {
		t.Fatal(err)
	}
	refuse := func(ctx context.Context, inner client.WithWatch, object client.Object, options ...client.CreateOption) error {
		if scaled, ok := object.(*kedav1alpha1.ScaledObject); ok {
			if scaled.Spec.Triggers != nil {
				t.Errorf("triggers are %v", scaled.Spec.Triggers)
			}
			return errors.New("spec.triggers: Required value")
		}
		return inner.Create(ctx, object, options...)
	}
	cluster := interceptor.NewClient(newCluster(append(before, graph)), interceptor.Funcs{Create: refuse})
	defer func() {
		reason, ok := recover().(error)
		if !ok || !strings.Contains(reason.Error(), "index out of range [0] with length 0") {
			t.Errorf("the controller did not panic, got %v", reason)
		}
	}()
	answer, err := reconcile(graph, cluster, configMaps, false)
	t.Errorf("got %+v, %v", answer, err)
}

// The Helm chart prints a list of imagePullSecrets as Go does, which is no JSON; the controller panics at the router's configuration.
func TestHelmChartBreaksImagePullSecrets(t *testing.T) {
	chart, err := os.ReadFile(filepath.Join(moduleDir(t, "github.com/kserve/kserve"), "charts/kserve-resources/files/common/configmap-patch.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`"imagePullSecrets": \{\{ \.Values\.kserve\.router\.imagePullSecrets \}\}`).Find(chart)
	if line == nil {
		t.Fatal("the chart has another line now")
	}
	render := func(secrets []any) string {
		var text strings.Builder
		values := map[string]any{"Values": map[string]any{"kserve": map[string]any{"router": map[string]any{"imagePullSecrets": secrets}}}}
		if err := template.Must(template.New("line").Parse(string(line))).Execute(&text, values); err != nil {
			t.Fatal(err)
		}
		return `{"image":"x","memoryRequest":"1","memoryLimit":"1","cpuRequest":"1","cpuLimit":"1",` + text.String() + `}`
	}
	if rendered := render(nil); !json.Valid([]byte(rendered)) {
		t.Errorf("no secrets: %s", rendered)
	}
	rendered := render([]any{"one"})
	if json.Valid([]byte(rendered)) {
		t.Fatalf("this is JSON: %s", rendered)
	}

	question := Question{Graph: json.RawMessage(manifest(`{"name":"g"}`)), Mode: "Standard", Services: []json.RawMessage{service("")}}
	configMaps, err := configMapsOf(question)
	if err != nil {
		t.Fatal(err)
	}
	configMaps[0].Data["router"] = rendered // as text: no question can carry what is no JSON
	before, err := objectsOf(question)
	if err != nil {
		t.Fatal(err)
	}
	parsed := &v1alpha1.InferenceGraph{}
	if err := json.Unmarshal(question.Graph, parsed); err != nil {
		t.Fatal(err)
	}
	parsed.Namespace = "default"
	defer func() {
		if reason, ok := recover().(error); !ok || !strings.Contains(reason.Error(), "Unable to unmarshall agent json string") {
			t.Errorf("the controller did not panic, got %v", reason)
		}
	}()
	answer, err := reconcile(parsed, newCluster(append(before, parsed)), configMaps, false)
	t.Errorf("got %+v, %v", answer, err)
}

func moduleDir(t *testing.T, module string) string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(dir))
}
