//go:build router_oracle && router_without_timeouts

package main

import "github.com/kserve/kserve/pkg/apis/serving/v1alpha1"

// startTimeouts does nothing: the routers of KServe 0.15 have no timeouts that could be set.
func startTimeouts(v1alpha1.InferenceGraphSpec) {}
