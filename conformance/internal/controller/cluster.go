package controller

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
	"github.com/kserve/kserve/pkg/apis/serving/v1beta1"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	knservingv1 "knative.dev/serving/pkg/apis/serving/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"

	kedav1alpha1 "github.com/kedacore/keda/v2/apis/keda/v1alpha1"

	"github.com/example/cdk8s-kserve/conformance/internal/kserve"
)

func newCluster(objects []client.Object) client.WithWatch {
	return fake.NewClientBuilder().
		WithScheme(kserve.Scheme()).
		WithObjects(objects...).
		WithStatusSubresource(&v1alpha1.InferenceGraph{}, &v1beta1.InferenceService{}, &appsv1.Deployment{}).
		Build()
}

// objectsOf are the shipped runtimes, then what the question brings.
func objectsOf(question Question) ([]client.Object, error) {
	manifests := question.Services
	files, err := kserve.Runtimes()
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		manifest, err := yaml.ToJSON(content)
		if err != nil {
			return nil, err
		}
		manifests = append(manifests, manifest)
	}
	decoder := serializer.NewCodecFactory(kserve.Scheme()).UniversalDeserializer()
	objects := make([]client.Object, 0, len(manifests))
	for _, manifest := range manifests {
		decoded, _, err := decoder.Decode(manifest, nil, nil)
		if err != nil {
			return nil, fmt.Errorf("services: %w", err)
		}
		object, ok := decoded.(client.Object)
		if !ok {
			return nil, fmt.Errorf("services: expected an object, got %T", decoded)
		}
		if service, ok := object.(*v1beta1.InferenceService); ok && service.Namespace == "" {
			service.Namespace = "default"
		}
		objects = append(objects, object)
	}
	return objects, nil
}

func configMapsOf(question Question) ([]*corev1.ConfigMap, error) {
	shipped, err := kserve.ConfigMap()
	if err != nil {
		return nil, err
	}
	for key, value := range question.Config {
		shipped.Data[key] = string(value)
	}
	if question.Mode != "" {
		deploy := map[string]any{}
		if err := json.Unmarshal([]byte(shipped.Data["deploy"]), &deploy); err != nil {
			return nil, err
		}
		deploy["defaultDeploymentMode"] = question.Mode
		text, err := json.Marshal(deploy)
		if err != nil {
			return nil, err
		}
		shipped.Data["deploy"] = string(text)
	}
	// Knative's own; KServe 0.15.0 has no constant for it
	autoscaler := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "config-autoscaler", Namespace: "knative-serving"}}
	return []*corev1.ConfigMap{shipped, autoscaler}, nil
}

// made lists the kinds that a graph's controller could make; the ones that it never does are looked for as well.
func made(ctx context.Context, cluster client.Client, namespace string) ([]map[string]any, error) {
	found := []map[string]any{}
	for _, list := range []client.ObjectList{
		&corev1.ServiceList{}, &appsv1.DeploymentList{}, &autoscalingv2.HorizontalPodAutoscalerList{}, &kedav1alpha1.ScaledObjectList{},
		&networkingv1.IngressList{}, &gatewayv1.HTTPRouteList{}, &knservingv1.ServiceList{},
	} {
		if err := cluster.List(ctx, list, client.InNamespace(namespace)); err != nil {
			return nil, err
		}
		items, err := meta.ExtractList(list)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			object, err := described(item)
			if err != nil {
				return nil, err
			}
			found = append(found, object)
		}
	}
	return found, nil
}

// described is an object as a manifest: without status and without what the API server writes.
func described(item runtime.Object) (map[string]any, error) {
	kind, err := apiutil.GVKForObject(item, kserve.Scheme())
	if err != nil {
		return nil, err
	}
	item.GetObjectKind().SetGroupVersionKind(kind)
	object, err := plain(item)
	if err != nil {
		return nil, err
	}
	delete(object, "status")
	if metadata, ok := object["metadata"].(map[string]any); ok {
		delete(metadata, "resourceVersion")
		delete(metadata, "creationTimestamp")
	}
	return object, nil
}

// plain is a value's JSON, without the times at which its conditions changed.
func plain(value any) (map[string]any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	object := map[string]any{}
	if err := json.Unmarshal(text, &object); err != nil {
		return nil, err
	}
	if conditions, ok := object["conditions"].([]any); ok {
		for _, condition := range conditions {
			delete(condition.(map[string]any), "lastTransitionTime")
		}
	}
	return object, nil
}
