package manifest

import (
	"encoding/json"
	"testing"
)

func TestAsk(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"documents", "a: on\n---\n# nothing\n---\nb: 012\n", `{"documents":[{"a":true},{"b":10}]}`},
		{"one that cannot be read", "a: 1\n---\n~: 2\n", `{"documents":[{"a":1}],"refused":"error converting YAML to JSON: unsupported map key of type: %!s(\u003cnil\u003e), key: \u003cnil\u003e, value: 2"}`},
		{"JSON", `{"a": 1.0}`, `{"documents":[{"a":1.0}]}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			question, _ := json.Marshal(Question{[]byte(c.text)})
			answer, err := Ask(question)
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := json.Marshal(answer); string(got) != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
