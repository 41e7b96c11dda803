// Program load is both ends of benchmarks/serve.ts: a model server that answers with what it is sent, and clients that count.
// It does just enough to leave the machine's cores to the router between the two.
//
//	load models <address>
//	load clients <address> <connections> <requests> <seconds> < body
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	var err error
	switch {
	case len(os.Args) == 3 && os.Args[1] == "models":
		err = models(os.Args[2])
	case len(os.Args) == 6 && os.Args[1] == "clients":
		err = clients(os.Args[2], os.Args[3], os.Args[4], os.Args[5])
	default:
		err = fmt.Errorf("usage: load models <address> | load clients <address> <connections> <requests> <seconds> < body")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func models(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			return err
		}
		go echo(connection)
	}
}

func echo(connection net.Conn) {
	defer connection.Close()
	reader := bufio.NewReaderSize(connection, 1<<16)
	var answer bytes.Buffer
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		answer.Reset()
		fmt.Fprintf(&answer, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", request.ContentLength)
		if _, err := answer.ReadFrom(request.Body); err != nil {
			return
		}
		if _, err := connection.Write(answer.Bytes()); err != nil {
			return
		}
	}
}

type result struct {
	// Requests is fewer than were asked for where the time was over first.
	Requests  int     `json:"requests"`
	PerSecond float64 `json:"perSecond"`
	// P99 is in milliseconds.
	P99 float64 `json:"p99"`
	// Failures are answers other than 200, by first line, and broken connections.
	Failures map[string]int `json:"failures"`
}

func clients(address, connections, requests, seconds string) error {
	n, err := strconv.Atoi(connections)
	if err != nil {
		return err
	}
	most, err := strconv.Atoi(requests)
	if err != nil {
		return err
	}
	limit, err := strconv.ParseFloat(seconds, 64)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	head := fmt.Sprintf("POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", address, len(body))
	request := append([]byte(head), body...)

	var (
		left     atomic.Int64
		wait     sync.WaitGroup
		lock     sync.Mutex
		times    []time.Duration
		failures = map[string]int{}
	)
	left.Store(int64(most))
	started := time.Now()
	deadline := started.Add(time.Duration(limit * float64(time.Second)))
	for range n {
		wait.Add(1)
		go func() {
			defer wait.Done()
			var mine []time.Duration
			client := &client{address: address}
			defer client.close()
			for time.Now().Before(deadline) && left.Add(-1) >= 0 {
				sent := time.Now()
				if failure := client.post(request); failure != "" {
					lock.Lock()
					failures[failure]++
					lock.Unlock()
					continue
				}
				mine = append(mine, time.Since(sent))
			}
			lock.Lock()
			times = append(times, mine...)
			lock.Unlock()
		}()
	}
	wait.Wait()
	took := time.Since(started).Seconds()
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	out := result{Requests: len(times), PerSecond: float64(len(times)) / took, Failures: failures}
	if len(times) > 0 {
		out.P99 = float64(times[len(times)*99/100].Microseconds()) / 1000
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// client keeps its connection from request to request.
type client struct {
	address    string
	connection net.Conn
	reader     *bufio.Reader
}

func (c *client) close() {
	if c.connection != nil {
		c.connection.Close()
		c.connection = nil
	}
}

// post gives the empty text for an answer 200 that came to its end.
func (c *client) post(request []byte) string {
	if c.connection == nil {
		connection, err := net.Dial("tcp", c.address)
		if err != nil {
			return err.Error()
		}
		c.connection, c.reader = connection, bufio.NewReaderSize(connection, 1<<16)
	}
	if _, err := c.connection.Write(request); err != nil {
		c.close()
		return "writing: " + reason(err)
	}
	response, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		c.close()
		return "reading: " + reason(err)
	}
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(response.Body, 300))
		c.close()
		return response.Status + ": " + string(text)
	}
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		c.close()
		return "reading: " + reason(err)
	}
	return ""
}

// reason leaves out the ports, so that equal failures count as one.
func reason(err error) string {
	if operation, ok := err.(*net.OpError); ok {
		return operation.Err.Error()
	}
	return err.Error()
}
