// Package podsecurity judges a pod against the Pod Security Standard "restricted".
package podsecurity

import (
	"encoding/json"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// Question holds a pod's spec, for example a Deployment's spec.template.spec.
type Question struct {
	PodSpec corev1.PodSpec `json:"podSpec"`
}

// Violation is one control of the standard that the pod does not meet.
type Violation struct {
	Reason string `json:"reason"`
	Detail string `json:"detail"`
}

// Answer is empty for a pod that a namespace of level "restricted" lets in.
type Answer struct {
	Violations []Violation `json:"violations"`
}

// Ask is the handler of the question "pod-security".
func Ask(line []byte) (any, error) {
	question := Question{}
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, err
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks())
	if err != nil {
		return nil, err
	}
	level := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	answer := Answer{Violations: []Violation{}}
	for _, result := range evaluator.EvaluatePod(level, &metav1.ObjectMeta{}, &question.PodSpec) {
		if !result.Allowed {
			answer.Violations = append(answer.Violations, Violation{result.ForbiddenReason, result.ForbiddenDetail})
		}
	}
	return answer, nil
}
