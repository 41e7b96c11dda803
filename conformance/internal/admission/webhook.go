package admission

import (
	"context"
	"sync"

	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
	"github.com/kserve/kserve/pkg/apis/serving/v1beta1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"

	"github.com/example/cdk8s-kserve/conformance/internal/kserve"
)

// samples is how often a refused graph is judged anew. KServe walks the nodes as a Go map, so with several faulty nodes it reports
// any of them; the answer is the first of all its reports in the alphabet, the same at every run.
const samples = 256

// decoder takes long to make: it registers all of the scheme's types.
var decoder = sync.OnceValue(func() admission.Decoder { return admission.NewDecoder(kserve.Scheme()) })

// decodeInto reads an object as KServe's webhook server does: into its Go type.
func decodeInto(object *unstructured.Unstructured, into runtime.Object) error {
	raw, err := object.MarshalJSON()
	if err != nil {
		return err
	}
	return decoder().DecodeRaw(runtime.RawExtension{Raw: raw}, into)
}

func refuseGraph(graph *v1alpha1.InferenceGraph) string {
	validator := &v1alpha1.InferenceGraphValidator{}
	first := ""
	for range samples {
		_, err := validator.ValidateCreate(context.Background(), graph)
		if err == nil {
			return ""
		}
		if report := err.Error(); first == "" || report < first {
			first = report
		}
		if len(graph.Spec.Nodes) < 2 {
			return first
		}
	}
	return first
}

func refuseService(service *v1beta1.InferenceService) string {
	if _, err := (&v1beta1.InferenceServiceValidator{}).ValidateCreate(context.Background(), service); err != nil {
		return err.Error()
	}
	return ""
}

// defaultService does what KServe's mutating webhook does, with the shipped configuration and no LocalModelCache.
func defaultService(service *v1beta1.InferenceService) error {
	configMap, err := kserve.ConfigMap()
	if err != nil {
		return err
	}
	config, err := v1beta1.NewInferenceServicesConfig(configMap)
	if err != nil {
		return err
	}
	deploy, err := v1beta1.NewDeployConfig(configMap)
	if err != nil {
		return err
	}
	security, err := v1beta1.NewSecurityConfig(configMap)
	if err != nil {
		return err
	}
	setDefaults(service, config, deploy, security)
	return nil
}
