//go:build !kserve_0_15

package controller

import (
	"context"
	"strings"
	"testing"

	"github.com/kserve/kserve/pkg/apis/serving/v1beta1"
	"github.com/kserve/kserve/pkg/controller/v1beta1/inferenceservice/reconcilers/knative"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"knative.dev/pkg/apis"
)

// trafficProblem is what Knative's own validation says of the Service that KServe makes of a component which a revision is already rolled out of.
func trafficProblem(percent int64) string {
	meta := metav1.ObjectMeta{Name: "iris-predictor", Namespace: "default", Annotations: map[string]string{}}
	status := v1beta1.ComponentStatusSpec{LatestRolledoutRevision: "iris-predictor-00001"}
	pod := &corev1.PodSpec{Containers: []corev1.Container{{Name: "kserve-container", Image: "model:1"}}}
	service := knative.NewKsvcReconciler(context.Background(), nil, nil, meta, &v1beta1.ComponentExtensionSpec{CanaryTrafficPercent: &percent},
		pod, status, nil, nil, nil, nil, nil, nil).Service
	if problem := service.Validate(apis.WithinCreate(context.Background())).Filter(apis.ErrorLevel); problem != nil {
		return problem.Error()
	}
	return ""
}

func TestKnativeRefusesAPercentageOutOfRange(t *testing.T) {
	for _, percent := range []int64{0, 20, 100} {
		if problem := trafficProblem(percent); problem != "" {
			t.Errorf("%d percent: %s", percent, problem)
		}
	}
	for _, percent := range []int64{-1, 101, 120} {
		if problem := trafficProblem(percent); !strings.Contains(problem, "spec.traffic") {
			t.Errorf("%d percent: got %q", percent, problem)
		}
	}
}
