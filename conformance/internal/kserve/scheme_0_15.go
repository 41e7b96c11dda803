//go:build kserve_0_15

package kserve

import (
	kedav1alpha1 "github.com/kedacore/keda/v2/apis/keda/v1alpha1"
	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
	"github.com/kserve/kserve/pkg/apis/serving/v1beta1"
	"k8s.io/apimachinery/pkg/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	knservingv1 "knative.dev/serving/pkg/apis/serving/v1"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
)

// addTypes adds what the main function of KServe 0.15's manager adds; a package for that came later.
func addTypes(into *runtime.Scheme) error {
	for _, add := range []func(*runtime.Scheme) error{
		clientgoscheme.AddToScheme, v1alpha1.AddToScheme, v1beta1.AddToScheme, knservingv1.AddToScheme, kedav1alpha1.AddToScheme, gatewayv1.Install,
	} {
		if err := add(into); err != nil {
			return err
		}
	}
	return nil
}
