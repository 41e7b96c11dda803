package controller

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/kserve/kserve/pkg/apis/serving/v1beta1"
	"k8s.io/client-go/kubernetes/fake"
	"knative.dev/pkg/apis"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// AddressQuestion is an InferenceService in Knative mode, for which no control plane runs here.
type AddressQuestion struct {
	Service json.RawMessage `json:"service"`
	// Config replaces keys of the shipped inferenceservice-config.
	Config map[string]json.RawMessage `json:"config"`
}

// AddressAnswer is what KServe's controller writes as status.address.url once Knative has given the components their own URLs.
type AddressAnswer struct {
	Address string `json:"address"`
}

// AskAddress is the handler of the question "address".
func AskAddress(line []byte) (any, error) {
	question := AddressQuestion{}
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, err
	}
	service := &v1beta1.InferenceService{}
	if err := json.Unmarshal(question.Service, service); err != nil {
		return nil, fmt.Errorf("service: %w", err)
	}
	service.Status.Components = map[v1beta1.ComponentType]v1beta1.ComponentStatusSpec{}
	for _, component := range []v1beta1.ComponentType{v1beta1.PredictorComponent, v1beta1.TransformerComponent} {
		host := fmt.Sprintf("%s-%s.%s.example.com", service.Name, component, service.Namespace)
		service.Status.Components[component] = v1beta1.ComponentStatusSpec{URL: &apis.URL{Scheme: "http", Host: host}}
	}
	configMaps, err := configMapsOf(Question{Config: question.Config})
	if err != nil {
		return nil, err
	}
	ingress, err := v1beta1.NewIngressConfig(configMaps[0])
	if err != nil {
		return nil, err
	}
	config, err := v1beta1.NewInferenceServicesConfig(configMaps[0])
	if err != nil {
		return nil, err
	}
	if err := reconcileIngress(context.Background(), newCluster([]client.Object{service}), fake.NewClientset(configMaps[0]), ingress, config, service); err != nil {
		return nil, err
	}
	if service.Status.Address == nil {
		return AddressAnswer{}, nil
	}
	return AddressAnswer{Address: service.Status.Address.URL.String()}, nil
}
