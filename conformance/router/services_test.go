//go:build router_oracle && go1.25

package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"syscall"
	"time"
)

// longestDelay is more than any stub may wait; it passes in no time, the clock being the bubble's.
const longestDelay = 24 * time.Hour

// meshProbe is what the router asks before its first https call, to find an Istio sidecar.
const meshProbe = "http://localhost:15000"

// stub is one answer of a service: a status with a body, or the failure to get one.
type stub struct {
	Status  int                 `json:"status"`
	Body    []byte              `json:"body"`
	Headers map[string][]string `json:"headers"`
	Fail    string              `json:"fail"`
	// Delay in milliseconds before the answer.
	Delay int64 `json:"delay"`
}

// call is one request that a service got. Headers are the router's, before the transport adds its own (User-Agent and the like).
type call struct {
	URL     string      `json:"url"`
	Body    []byte      `json:"body"`
	Headers http.Header `json:"headers"`

	at   time.Time
	rank int
}

// services stands in for the network.
type services struct {
	stubs map[string][]stub
	ranks map[string]int

	lock    sync.Mutex
	seen    map[string]int
	made    []call
	waiting int
}

func newServices(stubs map[string][]stub) *services {
	s := &services{stubs: make(map[string][]stub, len(stubs)), ranks: make(map[string]int, len(stubs)), seen: map[string]int{}}
	for address, answers := range stubs {
		s.stubs[asSent(address)] = answers
	}
	addresses := make([]string, 0, len(s.stubs))
	for address := range s.stubs {
		addresses = append(addresses, address)
	}
	slices.Sort(addresses)
	for rank, address := range addresses {
		s.ranks[address] = rank
	}
	return s
}

// asSent is the form in which a request carries the address of a graph.
func asSent(address string) string {
	if parsed, err := url.Parse(address); err == nil {
		return parsed.String()
	}
	return address
}

// RoundTrip answers from the stubs. Calls that are made at the same moment are answered by delay, then in the order of their addresses.
func (s *services) RoundTrip(request *http.Request) (*http.Response, error) {
	if (request.URL.Scheme != "http" && request.URL.Scheme != "https") || request.URL.Host == "" {
		return new(http.Transport).RoundTrip(request) // refuses such a request in its own words, before any network
	}
	address := request.URL.String()
	if address == meshProbe && s.stubs[address] == nil {
		return nil, syscall.ECONNREFUSED
	}
	body := []byte{}
	if request.Body != nil {
		body, _ = io.ReadAll(request.Body)
	}
	chosen, rank := s.record(address, body, request.Header)
	wait := time.NewTimer(time.Duration(chosen.Delay)*time.Millisecond + time.Duration(rank+1)*time.Nanosecond)
	defer wait.Stop()
	defer s.done()
	select {
	case <-wait.C:
	case <-request.Context().Done():
		time.Sleep(time.Nanosecond) // until http.Client has noticed that this was its own timeout, and says so in the error
		return nil, request.Context().Err()
	}
	if chosen.Fail != "" {
		return nil, errors.New(chosen.Fail)
	}
	headers := http.Header{}
	for name, values := range chosen.Headers {
		for _, value := range values {
			headers.Add(name, value)
		}
	}
	return &http.Response{
		StatusCode: chosen.Status,
		Status:     http.StatusText(chosen.Status),
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        headers,
		Body:          io.NopCloser(bytes.NewReader(chosen.Body)),
		ContentLength: int64(len(chosen.Body)),
		Request:       request,
	}, nil
}

func (s *services) record(address string, body []byte, headers http.Header) (stub, int) {
	s.lock.Lock()
	defer s.lock.Unlock()
	rank := s.ranks[address]
	s.made = append(s.made, call{address, body, headers.Clone(), time.Now(), rank})
	s.waiting++
	answers := s.stubs[address]
	if len(answers) == 0 {
		return stub{Fail: "no stub answers here"}, rank
	}
	index := min(s.seen[address], len(answers)-1)
	s.seen[address]++
	return answers[index], rank
}

func (s *services) done() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.waiting--
}

func (s *services) pending() int {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.waiting
}

// calls are in the order of time; those of one moment (the steps of an Ensemble) in the order of address and body.
func (s *services) calls() []call {
	s.lock.Lock()
	defer s.lock.Unlock()
	made := append([]call{}, s.made...)
	slices.SortStableFunc(made, func(a, b call) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.rank, b.rank), bytes.Compare(a.Body, b.Body))
	})
	return made
}
