//go:build !kserve_0_15

package admission

import "github.com/kserve/kserve/pkg/apis/serving/v1beta1"

// setDefaults passes no LocalModelCache, of the cluster or of a namespace.
func setDefaults(service *v1beta1.InferenceService, config *v1beta1.InferenceServicesConfig, deploy *v1beta1.DeployConfig, security *v1beta1.SecurityConfig) {
	service.DefaultInferenceService(config, deploy, security, nil, nil)
}
