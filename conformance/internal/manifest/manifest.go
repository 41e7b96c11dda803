// Package manifest reads YAML as kubectl does.
package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// Question holds the text of a file.
type Question struct {
	Text []byte `json:"text"`
}

// Answer holds the documents that are sent to the API server, up to the first that cannot be read.
type Answer struct {
	Documents []json.RawMessage `json:"documents"`
	Refused   string            `json:"refused,omitempty"`
}

// Ask is the handler of the question "yaml". It decodes as k8s.io/cli-runtime/pkg/resource does.
func Ask(line []byte) (any, error) {
	question := Question{}
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, err
	}
	answer := Answer{Documents: []json.RawMessage{}}
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(question.Text), 4096)
	for {
		document := runtime.RawExtension{}
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return answer, nil
		}
		if err != nil {
			answer.Refused = err.Error()
			return answer, nil
		}
		if raw := bytes.TrimSpace(document.Raw); len(raw) > 0 && !bytes.Equal(raw, []byte("null")) {
			answer.Documents = append(answer.Documents, json.RawMessage(raw))
		}
	}
}
