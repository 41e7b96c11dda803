// Command gostd answers what Go's standard library does with a text: the parts of it that the router leans on.
// JSON lines in, JSON lines out, one answer a line; bytes travel as base64.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"unicode"
)

type question struct {
	Ask   string   `json:"ask"`
	Bytes []byte   `json:"bytes"`
	Text  string   `json:"text"`
	Names []string `json:"names"`
}

// predictions mirrors the shape that the router decodes for mapPredictionsToInstances.
type predictions struct {
	Predictions []interface{} `json:"predictions,omitempty"`
	Instances   []interface{} `json:"instances,omitempty"`
}

func answer(q question) map[string]any {
	switch q.Ask {
	case "valid":
		var v json.RawMessage
		if err := json.Unmarshal(q.Bytes, &v); err != nil {
			return map[string]any{"error": err.Error()}
		}
		return map[string]any{}
	case "object":
		var v map[string]interface{}
		if err := json.Unmarshal(q.Bytes, &v); err != nil {
			return map[string]any{"error": err.Error()}
		}
		out, _ := json.Marshal(v)
		return map[string]any{"bytes": out}
	case "instances":
		v := predictions{}
		if err := json.Unmarshal(q.Bytes, &v); err != nil || len(v.Predictions) == 0 {
			return map[string]any{}
		}
		out, _ := json.Marshal(predictions{Instances: v.Predictions})
		return map[string]any{"bytes": out}
	case "url":
		u, err := url.Parse(q.Text)
		if err != nil {
			return map[string]any{"error": err.Error()}
		}
		user := ""
		if u.User != nil {
			user = u.User.String()
		}
		return map[string]any{"text": u.String(), "scheme": u.Scheme, "host": u.Host, "user": user}
	case "header":
		return map[string]any{"text": textproto.CanonicalMIMEHeaderKey(q.Text)}
	case "sniff":
		return map[string]any{"text": http.DetectContentType(q.Bytes)}
	case "quote":
		return map[string]any{"text": strconv.Quote(q.Text)}
	case "pattern":
		r, err := regexp.Compile(q.Text)
		if err != nil {
			return map[string]any{"refused": err.Error()}
		}
		matches := []string{}
		for _, name := range q.Names {
			if r.MatchString(name) {
				matches = append(matches, name)
			}
		}
		return map[string]any{"matches": matches}
	case "unicode-names":
		names := append(slices.Collect(maps.Keys(unicode.Categories)), slices.Collect(maps.Keys(unicode.Scripts))...)
		names = append(names, slices.Collect(maps.Keys(unicode.CategoryAliases))...)
		slices.Sort(names)
		return map[string]any{"names": slices.Compact(names)}
	}
	return map[string]any{"error": "no such question: " + q.Ask}
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	decoder := json.NewDecoder(in)
	encoder := json.NewEncoder(out)
	for decoder.More() {
		var q question
		if err := decoder.Decode(&q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := encoder.Encode(answer(q)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
