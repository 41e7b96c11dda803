//go:build router_oracle && !router_without_timeouts

package main

import "github.com/kserve/kserve/pkg/apis/serving/v1alpha1"

// startTimeouts is what main does with a graph before it serves.
func startTimeouts(spec v1alpha1.InferenceGraphSpec) { initTimeouts(spec) }
