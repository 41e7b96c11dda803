// Package controller runs KServe's InferenceGraph controller once over a cluster of plain objects, and reports what it makes.
package controller

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
	"github.com/kserve/kserve/pkg/constants"
	"github.com/kserve/kserve/pkg/controller/v1alpha1/inferencegraph"
	"github.com/kserve/kserve/pkg/utils"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/record"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Question is a graph and the cluster that it is put into.
type Question struct {
	Graph json.RawMessage `json:"graph"`
	// Services are the InferenceServices with their status, and runtimes of the question's own.
	Services []json.RawMessage `json:"services"`
	// Mode is the cluster's default deployment mode: Standard or Knative.
	Mode string `json:"mode"`
	// Config replaces keys of the shipped inferenceservice-config.
	Config map[string]json.RawMessage `json:"config"`
	// NoKnative: the cluster has no Knative Serving.
	NoKnative bool `json:"noKnative"`
}

// Answer is the cluster's state after the controller has done what it can.
type Answer struct {
	// Objects that the controller made, without what the API server sets.
	Objects []map[string]any `json:"objects"`
	// Status of the graph once its Deployment is available.
	Status map[string]any `json:"status"`
	// ReconcileError is what the controller returned; controller-runtime logs it and tries again.
	ReconcileError string `json:"reconcileError,omitempty"`
	// Events that it recorded.
	Events []string `json:"events,omitempty"`
}

// Ask is the handler of the question "reconcile".
func Ask(line []byte) (any, error) {
	question := Question{}
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, err
	}
	graph := &v1alpha1.InferenceGraph{}
	if err := json.Unmarshal(question.Graph, graph); err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	if graph.Namespace == "" {
		graph.Namespace = "default"
	}
	before, err := objectsOf(question)
	if err != nil {
		return nil, err
	}
	configMaps, err := configMapsOf(question)
	if err != nil {
		return nil, err
	}
	return reconcile(graph, newCluster(append(before, graph)), configMaps, question.NoKnative)
}

func reconcile(graph *v1alpha1.InferenceGraph, cluster client.Client, configMaps []*corev1.ConfigMap, noKnative bool) (Answer, error) {
	ctx := context.Background()
	clientset := fake.NewClientset()
	for _, configMap := range configMaps {
		if err := clientset.Tracker().Add(configMap); err != nil {
			return Answer{}, err
		}
	}
	// the controller asks through a cache of discovery, which stands in for a cluster with or without Knative
	available := &metav1.APIResourceList{APIResources: []metav1.APIResource{{Kind: constants.KnativeServiceKind}}}
	if noKnative {
		available = nil
	}
	utils.SetAvailableResourcesForApi("serving.knative.dev/v1", available)

	events := record.NewFakeRecorder(100)
	reconciler := &inferencegraph.InferenceGraphReconciler{
		Client: cluster, Clientset: clientset, ClientConfig: &rest.Config{}, Scheme: cluster.Scheme(), Recorder: events, Log: ctrl.Log,
	}
	name := types.NamespacedName{Namespace: graph.Namespace, Name: graph.Name}
	answer := Answer{}
	run := func() {
		answer.ReconcileError = ""
		if _, err := reconciler.Reconcile(ctx, ctrl.Request{NamespacedName: name}); err != nil {
			answer.ReconcileError = err.Error()
		}
	}
	run()
	// in Standard mode the status comes with a second turn, when the Deployment has become available
	if becameAvailable(ctx, cluster, name) {
		run()
	}
	close(events.Events)
	for event := range events.Events {
		answer.Events = append(answer.Events, event)
	}
	objects, err := made(ctx, cluster, graph.Namespace)
	if err != nil {
		return Answer{}, err
	}
	answer.Objects = objects
	after := &v1alpha1.InferenceGraph{}
	if err := cluster.Get(ctx, name, after); err != nil {
		return Answer{}, err
	}
	answer.Status, err = plain(after.Status)
	return answer, err
}

func becameAvailable(ctx context.Context, cluster client.Client, name types.NamespacedName) bool {
	deployment := &appsv1.Deployment{}
	if err := cluster.Get(ctx, name, deployment); err != nil {
		return false
	}
	deployment.Status.ObservedGeneration = 1
	deployment.Status.Conditions = []appsv1.DeploymentCondition{{Type: appsv1.DeploymentAvailable, Status: corev1.ConditionTrue}}
	return cluster.Status().Update(ctx, deployment) == nil
}
