// The program oracle answers, one JSON line for each, questions to the real KServe code that it is linked with.
// ../../README.md lists the questions.
package main

import (
	"fmt"
	"os"

	"github.com/example/cdk8s-kserve/conformance/internal/conditions"
	"github.com/example/cdk8s-kserve/conformance/internal/protocol"
)

func main() {
	err := protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Handler{
		"gjson": conditions.Ask,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}
