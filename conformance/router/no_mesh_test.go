//go:build router_oracle && router_without_mesh

package main

// forgetMesh does nothing: the routers before KServe 0.15 never look for an Istio sidecar.
func forgetMesh() {}
