//go:build router_oracle && go1.25

package main

import (
	"crypto/rand"
	"sync"
)

// draw lets the Splitters draw these numbers; what it returns puts real randomness back.
func draw(points []int) (restore func()) {
	if len(points) == 0 {
		return func() {}
	}
	before := rand.Reader
	rand.Reader = &drawn{points: points}
	return func() { rand.Reader = before }
}

// drawn is a source of randomness from which rand.Int(…, 100), which masks one byte to seven bits, reads just the wanted numbers.
type drawn struct {
	lock   sync.Mutex
	points []int
	next   int
}

func (d *drawn) Read(into []byte) (int, error) {
	d.lock.Lock()
	defer d.lock.Unlock()
	for i := range into {
		into[i] = byte(d.points[min(d.next, len(d.points)-1)])
		d.next++
	}
	return len(into), nil
}
