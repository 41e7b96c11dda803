//go:build controller_oracle

// The program controller answers the question "reconcile" for releases whose packages bin/oracle cannot be linked with: the build copies
// this file into a copy of their module (see ../scripts/build-old.sh). It links that release's own controller of graphs.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-logr/logr"
	"github.com/kserve/kserve/internal/protocol"
	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
	"github.com/kserve/kserve/pkg/apis/serving/v1beta1"
	"github.com/kserve/kserve/pkg/controller/v1alpha1/inferencegraph"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/types"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/record"
	knservingv1 "knative.dev/serving/pkg/apis/serving/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	logf "sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/yaml"
)

// question is a graph and the cluster that it is put into, as in ../internal/controller.
type question struct {
	Graph    json.RawMessage   `json:"graph"`
	Services []json.RawMessage `json:"services"`
	Mode     string            `json:"mode"`
}

type answer struct {
	Objects        []json.RawMessage `json:"objects"`
	ReconcileError string            `json:"reconcileError,omitempty"`
}

func main() {
	logf.SetLogger(logr.New(logf.NullLogSink{})) // logr.Discard() ends some of these releases
	if err := protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Handler{"reconcile": reconcile}); err != nil {
		fmt.Fprintln(os.Stderr, "controller:", err)
		os.Exit(1)
	}
}

func reconcile(line []byte) (any, error) {
	q := question{}
	if err := json.Unmarshal(line, &q); err != nil {
		return nil, err
	}
	scheme, err := everyType()
	if err != nil {
		return nil, err
	}
	objects, err := decoded(scheme, append(q.Services, q.Graph))
	if err != nil {
		return nil, err
	}
	configMap, err := shippedConfig(q.Mode)
	if err != nil {
		return nil, err
	}
	graph := objects[len(objects)-1]
	builder := fake.NewClientBuilder().WithScheme(scheme).WithObjects(append(objects, configMap)...)
	// the first releases have a fake client that need not be told
	if newer, ok := any(builder).(interface {
		WithStatusSubresource(...client.Object) *fake.ClientBuilder
	}); ok {
		newer.WithStatusSubresource(&v1alpha1.InferenceGraph{}, &appsv1.Deployment{})
	}
	cluster := builder.Build()
	reconciler := &inferencegraph.InferenceGraphReconciler{Client: cluster, Scheme: scheme, Recorder: record.NewFakeRecorder(100), Log: logr.Discard()}

	a := answer{}
	if _, err := reconciler.Reconcile(context.Background(), ctrl.Request{NamespacedName: types.NamespacedName{Namespace: graph.GetNamespace(), Name: graph.GetName()}}); err != nil {
		a.ReconcileError = err.Error()
	}
	a.Objects, err = made(cluster, scheme)
	return a, err
}

func everyType() (*runtime.Scheme, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{clientgoscheme.AddToScheme, v1alpha1.AddToScheme, v1beta1.AddToScheme, knservingv1.AddToScheme} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	return scheme, nil
}

func decoded(scheme *runtime.Scheme, manifests []json.RawMessage) ([]client.Object, error) {
	decoder := serializer.NewCodecFactory(scheme).UniversalDeserializer()
	objects := make([]client.Object, 0, len(manifests))
	for _, manifest := range manifests {
		object, _, err := decoder.Decode(manifest, nil, nil)
		if err != nil {
			return nil, err
		}
		objects = append(objects, object.(client.Object))
	}
	return objects, nil
}

// shippedConfig is the release's inferenceservice-config, in a cluster of this mode. The program's name ends with its release.
func shippedConfig(mode string) (*corev1.ConfigMap, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	release := "kserve-" + strings.TrimPrefix(filepath.Base(program), "controller-")
	content, err := os.ReadFile(filepath.Join(filepath.Dir(program), "..", "build", release, "config", "configmap", "inferenceservice.yaml"))
	if err != nil {
		return nil, err
	}
	configMap := &corev1.ConfigMap{}
	if err := yaml.Unmarshal(content, configMap); err != nil {
		return nil, err
	}
	configMap.Namespace = "kserve"
	configMap.Data["deploy"] = fmt.Sprintf(`{"defaultDeploymentMode":%q}`, mode)
	return configMap, nil
}

func made(cluster client.Client, scheme *runtime.Scheme) ([]json.RawMessage, error) {
	found := []json.RawMessage{}
	for _, list := range []client.ObjectList{
		&corev1.ServiceList{}, &appsv1.DeploymentList{}, &autoscalingv2.HorizontalPodAutoscalerList{}, &knservingv1.ServiceList{},
	} {
		if err := cluster.List(context.Background(), list); err != nil {
			return nil, err
		}
		items, err := meta.ExtractList(list)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			kind, err := apiutil.GVKForObject(item, scheme)
			if err != nil {
				return nil, err
			}
			item.GetObjectKind().SetGroupVersionKind(kind)
			text, err := json.Marshal(item)
			if err != nil {
				return nil, err
			}
			found = append(found, text)
		}
	}
	return found, nil
}
