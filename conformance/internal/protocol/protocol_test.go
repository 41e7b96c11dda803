package protocol

import (
	"errors"
	"strings"
	"testing"
)

func TestServe(t *testing.T) {
	handlers := map[string]Handler{
		"echo":  func(line []byte) (any, error) { return string(line), nil },
		"fail":  func([]byte) (any, error) { return nil, errors.New("it failed") },
		"panic": func([]byte) (any, error) { panic("it broke") },
	}
	cases := []struct{ name, questions, want string }{
		{"nothing", "", ""},
		{"keeps the order", `{"ask":"fail"}` + "\n" + `{"ask":"panic"}` + "\n", `{"error":"it failed"}` + "\n" + `{"panic":"it broke"}` + "\n"},
		{"last line without end", `{"ask":"fail"}`, `{"error":"it failed"}` + "\n"},
		{"empty lines", "\n\n" + `{"ask":"fail"}` + "\n", `{"error":"it failed"}` + "\n"},
		{"no escapes", `{"ask":"echo","x":"<&>"}`, `"{\"ask\":\"echo\",\"x\":\"<&>\"}"` + "\n"},
		{"unknown question", `{"ask":"why"}`, `{"error":"unknown question \"why\""}` + "\n"},
		{"no question", `[]`, `{"error":"json: cannot unmarshal array into Go value of type struct { Ask string \"json:\\\"ask\\\"\" }"}` + "\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got strings.Builder
			if err := Serve(strings.NewReader(c.questions), &got, handlers); err != nil {
				t.Fatal(err)
			}
			if got.String() != c.want {
				t.Errorf("got %q, want %q", got.String(), c.want)
			}
		})
	}
}
