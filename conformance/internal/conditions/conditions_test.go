package conditions

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestAsk(t *testing.T) {
	cases := []struct {
		name, json, path string
		want             Answer
	}{
		{"a value", `{"a":1}`, `a`, Answer{true, "Number", []byte("1"), true}},
		{"nothing", `{"a":1}`, `b`, Answer{false, "Null", []byte{}, true}},
		{"null exists", `{"a":null}`, `a`, Answer{true, "Null", []byte("null"), true}},
		{"false exists", `{"a":false}`, `a`, Answer{true, "False", []byte("false"), true}},
		{"a query", `{"predictions":["dog"]}`, `[@this].#(predictions.0=="dog")`, Answer{true, "JSON", []byte(`{"predictions":["dog"]}`), true}},
		{"a comparison outside of a query", `{"predictions":["dog"]}`, `predictions.0=="dog"`, Answer{false, "Null", []byte{}, true}},
		{"text that is no JSON", `{"a":1`, `a`, Answer{true, "Number", []byte("1"), false}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			line, err := json.Marshal(Question{[]byte(c.json), []byte(c.path)})
			if err != nil {
				t.Fatal(err)
			}
			got, err := Ask(line)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
