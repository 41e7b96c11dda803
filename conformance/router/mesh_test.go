//go:build router_oracle && !router_without_mesh

package main

// forgetMesh makes the router look for an Istio sidecar again.
func forgetMesh() { _isInMesh = nil }
