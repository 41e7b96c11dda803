//go:build router_oracle && go1.25

// Package main is KServe's own: the build copies these files beside the real router's (see ../scripts/build.sh), because only a test
// file of that package reaches its unexported handler. Nothing here says what the router does.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing/synctest"
	"time"

	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
)

// question is one case: a graph, what its services answer, and the request.
type question struct {
	Graph json.RawMessage `json:"graph"`
	// Stubs by serviceUrl. A list answers one entry a call; its last entry repeats.
	Stubs   map[string][]stub   `json:"stubs"`
	Request []byte              `json:"request"`
	Headers map[string][]string `json:"headers"`
	// Propagate is what PROPAGATE_HEADERS would hold, split; null means the variable is not set.
	Propagate []string `json:"propagate"`
	// Draws are what the Splitters draw (0 to 99), in order; the last repeats. Without them the draw is the real one.
	Draws []int `json:"draws"`
}

// answer is all that a client and the stub services see.
type answer struct {
	Status      int    `json:"status"`
	ContentType string `json:"contentType"`
	Body        []byte `json:"body"`
	Calls       []call `json:"calls"`
}

// panicked is the answer of a request at which the router panics: net/http drops the connection.
type panicked struct {
	Panic string `json:"panic"`
	Calls []call `json:"calls"`
}

// refused is the answer when the program would not start with this graph or these patterns.
type refused struct {
	Refused string `json:"refused"`
}

// route answers one case. It must run inside a synctest bubble: there, time stands still while any goroutine can run, so the
// order in which parallel steps answer is the one that the stubs' delays ask for, and no run differs from another.
func route(q question) any {
	spec := &v1alpha1.InferenceGraphSpec{}
	if err := json.Unmarshal(q.Graph, spec); err != nil {
		return refused{err.Error()}
	}
	inferenceGraph = spec
	startTimeouts(*spec)
	propagate(q.Propagate)
	forgetMesh()

	services := newServices(q.Stubs)
	http.DefaultTransport = services
	defer draw(q.Draws)()

	request := httptest.NewRequest(http.MethodPost, "http://router/", strings.NewReader(string(q.Request)))
	for name, values := range q.Headers {
		for _, value := range values {
			request.Header.Add(name, value)
		}
	}
	recorder := httptest.NewRecorder()
	reason := serve(recorder, request)
	// an Ensemble that has failed does not wait for its other steps: let them make their calls before the calls are read
	synctest.Wait()
	if services.pending() > 0 {
		time.Sleep(longestDelay)
		synctest.Wait()
	}
	if reason != nil {
		return panicked{*reason, services.calls()}
	}
	status, contentType, body := onTheWire(recorder)
	return answer{status, contentType, body, services.calls()}
}

// serve runs the real handler; it returns the panic's value where there was one.
func serve(w http.ResponseWriter, r *http.Request) (reason *string) {
	defer func() {
		if value := recover(); value != nil {
			text := fmt.Sprint(value)
			reason = &text
		}
	}()
	graphHandler(w, r)
	return nil
}

// onTheWire is what net/http's server makes of the recorded answer: it drops the body where the status allows none, and guesses
// a missing Content-Type.
func onTheWire(recorder *httptest.ResponseRecorder) (status int, contentType string, body []byte) {
	status, contentType, body = recorder.Code, recorder.Header().Get("Content-Type"), recorder.Body.Bytes()
	if status < 200 || status == http.StatusNoContent || status == http.StatusNotModified {
		return status, contentType, []byte{}
	}
	if contentType == "" && len(body) > 0 {
		contentType = http.DetectContentType(body)
	}
	return status, contentType, body
}
