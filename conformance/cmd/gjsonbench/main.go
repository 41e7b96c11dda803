// Gjsonbench times gjson itself: it reads lines "repetitions file path" and answers each with the nanoseconds of processor time of one evaluation.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"syscall"

	"github.com/tidwall/gjson"
)

func main() {
	documents := map[string][]byte{}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var repetitions int
		fields := strings.SplitN(lines.Text(), " ", 3)
		fmt.Sscan(fields[0], &repetitions)
		document, ok := documents[fields[1]]
		if !ok {
			var err error
			if document, err = os.ReadFile(fields[1]); err != nil {
				panic(err)
			}
			documents[fields[1]] = document
		}
		start := processorTime()
		for i := 0; i < repetitions; i++ {
			if gjson.GetBytes(document, fields[2]).Exists() == (fields[2] == "missing") {
				panic("not as expected: " + fields[2])
			}
		}
		fmt.Println((processorTime() - start) / int64(repetitions))
	}
}

// processorTime is that of this process so far, in nanoseconds.
func processorTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
