//go:build router_oracle

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
)

func TestRoute(t *testing.T) {
	const oneStep = `{"nodes":{"root":{"routerType":"Sequence","steps":[{"serviceUrl":"http://a"}]}}}`
	ok := func(body string) []stub { return []stub{{Status: 200, Body: []byte(body)}} }
	plain := http.Header{"Content-Type": {"application/json"}}
	cases := []struct {
		name string
		ask  question
		want any
	}{
		{
			name: "stubs answer one after another, the last again",
			ask: question{
				Graph:   json.RawMessage(`{"nodes":{"root":{"routerType":"Sequence","steps":[{"serviceUrl":"http://a"},{"serviceUrl":"http://a","data":"$response"},{"serviceUrl":"http://a","data":"$response"}]}}}`),
				Stubs:   map[string][]stub{"http://a": {{Status: 200, Body: []byte("1")}, {Status: 202, Body: []byte("2")}}},
				Request: []byte("0"),
			},
			want: answer{202, "application/json", []byte("2"), []call{
				{URL: "http://a", Body: []byte("0"), Headers: plain},
				{URL: "http://a", Body: []byte("1"), Headers: plain},
				{URL: "http://a", Body: []byte("2"), Headers: plain},
			}},
		},
		{
			name: "headers are propagated as patterns say, their names in net/http's spelling",
			ask: question{
				Graph: json.RawMessage(oneStep), Stubs: map[string][]stub{"http://a": ok("{}")}, Request: []byte("{}"),
				Headers: map[string][]string{"x-trace": {"1", "2"}, "cookie": {"secret"}}, Propagate: []string{"^X-", "(broken"},
			},
			want: answer{200, "application/json", []byte("{}"), []call{
				{URL: "http://a", Body: []byte("{}"), Headers: http.Header{"Content-Type": {"application/json"}, "X-Trace": {"1", "2"}}},
			}},
		},
		{
			name: "an Ensemble that fails has still called its other steps",
			ask: question{
				Graph: json.RawMessage(`{"nodes":{"root":{"routerType":"Ensemble","steps":[{"serviceUrl":"http://b"},{"serviceUrl":"http://a"}]}}}`),
				Stubs: map[string][]stub{"http://a": {{Fail: "no route"}}, "http://b": {{Status: 200, Body: []byte("{}"), Delay: 60_000}}},
			},
			want: answer{500, "application/json", []byte(`{"error":"Failed to process request","cause":"Post \"http://a\": no route"}`), []call{
				{URL: "http://a", Body: []byte{}, Headers: plain}, {URL: "http://b", Body: []byte{}, Headers: plain},
			}},
		},
		{
			name: "a Splitter draws what it is told to",
			ask: question{
				Graph: json.RawMessage(`{"nodes":{"root":{"routerType":"Splitter","steps":[{"serviceUrl":"http://a","weight":99},{"serviceUrl":"http://b","weight":1}]}}}`),
				Stubs: map[string][]stub{"http://a": ok("a"), "http://b": ok("b")}, Draws: []int{99},
			},
			want: answer{200, "text/plain; charset=utf-8", []byte("b"), []call{{URL: "http://b", Body: []byte{}, Headers: plain}}},
		},
		{
			name: "the clock is the bubble's: a client timeout costs no time and reads as in a pod",
			ask: question{
				Graph: json.RawMessage(`{"routerTimeouts":{"serviceClient":30},"nodes":{"root":{"routerType":"Sequence","steps":[{"serviceUrl":"http://a"}]}}}`),
				Stubs: map[string][]stub{"http://a": {{Status: 200, Delay: 30_001}}},
			},
			want: answer{500, "application/json", []byte(`{"error":"Failed to process request","cause":"Post \"http://a\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"}`), []call{
				{URL: "http://a", Body: []byte{}, Headers: plain},
			}},
		},
		{
			name: "an address without a scheme fails in net/http's own words",
			ask:  question{Graph: json.RawMessage(`{"nodes":{"root":{"routerType":"Sequence","steps":[{"serviceUrl":"model1"}]}}}`)},
			want: answer{500, "application/json", []byte(`{"error":"Failed to process request","cause":"Post \"model1\": unsupported protocol scheme \"\""}`), []call{}},
		},
		{
			name: "an address without a stub",
			ask:  question{Graph: json.RawMessage(oneStep)},
			want: answer{500, "application/json", []byte(`{"error":"Failed to process request","cause":"Post \"http://a\": no stub answers here"}`), []call{
				{URL: "http://a", Body: []byte{}, Headers: plain},
			}},
		},
		{
			name: "a panic is an answer",
			ask:  question{Graph: json.RawMessage(`{"nodes":{"root":{"routerType":"Sequence"}}}`)},
			want: panicked{"invalid WriteHeader code 0", []call{}},
		},
		{
			name: "a graph with which the program exits",
			ask:  question{Graph: json.RawMessage(`{"nodes":[]}`)},
			want: refused{"json: cannot unmarshal array into Go struct field InferenceGraphSpec.nodes of type map[string]v1alpha1.InferenceRouter"},
		},
	}
	// as a program, not as a call: a bubble cannot end while the goroutines wait that the router leaves behind
	var questions, output bytes.Buffer
	for _, c := range cases {
		questions.WriteString(encoded(t, c.ask) + "\n")
	}
	program := exec.Command(os.Args[0])
	program.Stdin, program.Stdout, program.Stderr = &questions, &output, os.Stderr
	if err := program.Run(); err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSuffix(output.String(), "\n"), "\n")
	if len(answers) != len(cases) {
		t.Fatalf("got %d answers to %d questions", len(answers), len(cases))
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if want := encoded(t, c.want); answers[i] != want {
				t.Errorf("got  %s\nwant %s", answers[i], want)
			}
		})
	}
}

// What onTheWire says must be what a client of a real server gets.
func TestOnTheWire(t *testing.T) {
	for _, c := range []struct {
		name, graphAnswer string
		status            int
	}{
		{"json", `{"a":1}`, 200}, {"text", `hello`, 200}, {"html", `<html>`, 404}, {"nothing", ``, 200}, {"no body allowed", `{}`, 204}, {"not modified", `text`, 304},
	} {
		t.Run(c.name, func(t *testing.T) {
			handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if json.Valid([]byte(c.graphAnswer)) {
					w.Header().Set("Content-Type", "application/json")
				}
				w.WriteHeader(c.status)
				_, _ = w.Write([]byte(c.graphAnswer))
			})
			server := httptest.NewServer(handler)
			defer server.Close()
			response, err := server.Client().Get(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			recorder := httptest.NewRecorder()
			handler(recorder, httptest.NewRequest(http.MethodGet, "/", strings.NewReader("")))
			gotStatus, gotType, gotBody := onTheWire(recorder)
			got, want := []any{gotStatus, gotType, string(gotBody)}, []any{response.StatusCode, response.Header.Get("Content-Type"), string(body)}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func encoded(t *testing.T, value any) string {
	t.Helper()
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(text.String(), "\n")
}
