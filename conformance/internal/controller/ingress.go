//go:build !kserve_0_15

package controller

import (
	"context"

	"github.com/kserve/kserve/pkg/apis/serving/v1beta1"
	"github.com/kserve/kserve/pkg/controller/v1beta1/inferenceservice/reconcilers/ingress"
	"k8s.io/client-go/kubernetes"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

func reconcileIngress(ctx context.Context, cluster client.Client, clientset kubernetes.Interface, ingressConfig *v1beta1.IngressConfig,
	config *v1beta1.InferenceServicesConfig, service *v1beta1.InferenceService,
) error {
	_, err := ingress.NewIngressReconciler(cluster, clientset, cluster.Scheme(), ingressConfig, config, true).Reconcile(ctx, service)
	return err
}
