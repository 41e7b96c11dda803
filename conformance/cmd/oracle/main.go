// The program oracle answers, one JSON line for each, questions to the real KServe code that it is linked with.
// ../../README.md lists the questions.
package main

import (
	"fmt"
	"os"

	"github.com/go-logr/logr"
	logf "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/example/cdk8s-kserve/conformance/internal/admission"
	"github.com/example/cdk8s-kserve/conformance/internal/conditions"
	"github.com/example/cdk8s-kserve/conformance/internal/controller"
	"github.com/example/cdk8s-kserve/conformance/internal/manifest"
	"github.com/example/cdk8s-kserve/conformance/internal/podsecurity"
	"github.com/example/cdk8s-kserve/conformance/internal/protocol"
)

func main() {
	logf.SetLogger(logr.Discard())
	err := protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Handler{
		"gjson":                 conditions.Ask,
		"admit":                 admission.AskGraph,
		"admit-isvc":            admission.AskService,
		"admit-runtime":         admission.AskRuntime(false),
		"admit-cluster-runtime": admission.AskRuntime(true),
		"reconcile":             controller.Ask,
		"address":               controller.AskAddress,
		"pod-security":          podsecurity.Ask,
		"yaml":                  manifest.Ask,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}
