// Package conditions asks tidwall/gjson, as the router does, what a condition selects.
package conditions

import (
	"encoding/json"

	"github.com/tidwall/gjson"
)

// Question carries both texts as base64: neither need be UTF-8.
type Question struct {
	JSON []byte `json:"json"`
	Path []byte `json:"path"`
}

// Answer is gjson's result. The router reads Exists (does the condition match) and Valid (may it be asked at all).
type Answer struct {
	Exists bool   `json:"exists"`
	Type   string `json:"type"`
	Raw    []byte `json:"raw"`
	Valid  bool   `json:"valid"`
}

// Ask is the handler of the question "gjson".
func Ask(line []byte) (any, error) {
	question := Question{}
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, err
	}
	result := gjson.GetBytes(question.JSON, string(question.Path))
	return Answer{
		Exists: result.Exists(),
		Type:   result.Type.String(),
		Raw:    append([]byte{}, result.Raw...),
		Valid:  gjson.ValidBytes(question.JSON),
	}, nil
}
