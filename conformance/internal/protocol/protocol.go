// Package protocol answers questions that come as JSON lines, one answer a line, in the same order.
package protocol

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Handler answers one kind of question. The line is the whole question.
type Handler func(line []byte) (any, error)

// failure is the answer to a question that is no question.
type failure struct {
	Error string `json:"error"`
}

// panicked is the answer when the code that was asked panics.
type panicked struct {
	Panic string `json:"panic"`
}

// Serve reads questions until the end of from. The field "ask" of each names its handler.
func Serve(from io.Reader, to io.Writer, handlers map[string]Handler) error {
	reader, writer := bufio.NewReaderSize(from, 1<<20), bufio.NewWriterSize(to, 1<<20)
	encoder := json.NewEncoder(writer)
	encoder.SetEscapeHTML(false)
	for {
		line, readErr := reader.ReadBytes('\n')
		if len(line) > 1 {
			if err := encoder.Encode(answer(line, handlers)); err != nil {
				return err
			}
			// the asker may wait for this answer before it asks again, and the next question may end the program
			if err := writer.Flush(); err != nil {
				return err
			}
		}
		if errors.Is(readErr, io.EOF) {
			return nil
		}
		if readErr != nil {
			return readErr
		}
	}
}

func answer(line []byte, handlers map[string]Handler) (result any) {
	defer func() {
		if value := recover(); value != nil {
			result = panicked{fmt.Sprint(value)}
		}
	}()
	var question struct {
		Ask string `json:"ask"`
	}
	if err := json.Unmarshal(line, &question); err != nil {
		return failure{err.Error()}
	}
	handler, known := handlers[question.Ask]
	if !known {
		return failure{fmt.Sprintf("unknown question %q", question.Ask)}
	}
	result, err := handler(line)
	if err != nil {
		return failure{err.Error()}
	}
	return result
}
