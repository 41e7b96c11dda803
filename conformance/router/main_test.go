//go:build router_oracle && go1.25

// The go.mod of old releases asks for timers that a bubble cannot have.
//go:debug asynctimerchan=0

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-logr/logr"
	logf "sigs.k8s.io/controller-runtime/pkg/log"
)

const (
	// a graph that goes round in circles must die soon and say why, not take the machine with it
	largestStack  = 64 << 20
	largestMemory = 4 << 30
)

// TestMain makes a program of the test binary: started without -test.run it answers questions.
func TestMain(m *testing.M) {
	logf.SetLogger(logr.New(logf.NullLogSink{})) // logr.Discard() ends the router of KServe 0.11
	flag.Parse()
	if flag.Lookup("test.run").Value.String() == "" {
		_ = flag.Set("test.run", "^TestAnswer$")
	}
	os.Exit(m.Run())
}

// TestAnswer is the program: it reads questions from standard input, one a line, and answers each with one line.
func TestAnswer(t *testing.T) {
	debug.SetMaxStack(largestStack)
	go watch()
	synctest.Test(t, func(*testing.T) {
		if err := answerAll(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0) // goroutines that an Ensemble left behind wait for ever: the bubble cannot end otherwise
	})
}

func answerAll(from io.Reader, to io.Writer) error {
	reader, writer := bufio.NewReaderSize(from, 1<<20), bufio.NewWriterSize(to, 1<<20)
	for {
		line, err := reader.ReadBytes('\n')
		if len(line) > 1 {
			if encodeErr := write(writer, line); encodeErr != nil {
				return encodeErr
			}
			// the asker may wait for this answer before it asks again, and the next case may end the program
			if flushErr := writer.Flush(); flushErr != nil {
				return flushErr
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func write(writer io.Writer, line []byte) error {
	q := question{}
	var a any
	if err := json.Unmarshal(line, &q); err != nil {
		a = map[string]string{"error": err.Error()}
	} else {
		a = route(q)
	}
	encoder := json.NewEncoder(writer)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(a)
}

// watch ends the program when a graph spawns goroutines without end: no stack overflows then.
func watch() {
	var memory runtime.MemStats
	for {
		time.Sleep(100 * time.Millisecond)
		if runtime.ReadMemStats(&memory); memory.Sys > largestMemory {
			fmt.Fprintf(os.Stderr, "fatal: the router takes more than %d bytes of memory\n", largestMemory)
			os.Exit(2)
		}
	}
}
