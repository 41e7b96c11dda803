//go:build router_oracle && router_without_patterns

package main

// propagate is what main does with PROPAGATE_HEADERS: the routers before KServe 0.12 take names of headers.
func propagate(names []string) { headersToPropagate = names }
