//go:build router_oracle

package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kserve/kserve/pkg/apis/serving/v1alpha1"
)

// The cases that FINDINGS.md points at.

// At SIGTERM the router fails its readiness probe and sleeps for 30 s before it begins to shut down: as long as a pod is given in all.
func TestDrainTakesTheWholeGracePeriod(t *testing.T) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1) // starts Go's signal loop outside of the bubble, whose clock it would stop
	defer signal.Stop(signals)
	synctest.Test(t, func(t *testing.T) {
		signalChan <- syscall.SIGTERM
		began := time.Now()
		server := &http.Server{}
		var beganToShutDown time.Duration
		server.RegisterOnShutdown(func() { beganToShutDown = time.Since(began) })
		done := make(chan struct{})
		go func() {
			handleSignals(server)
			close(done)
		}()
		time.Sleep(29 * time.Second)
		probe := httptest.NewRecorder()
		readyHandler(probe, httptest.NewRequest(http.MethodGet, "/readyz", nil))
		if probe.Code != http.StatusServiceUnavailable {
			t.Errorf("while it drains, /readyz answers %d", probe.Code)
		}
		<-done
		synctest.Wait()
		if beganToShutDown != 30*time.Second {
			t.Errorf("began to shut down after %v", beganToShutDown)
		}
	})
}

// An Ensemble that returns early leaves a goroutine for each step that still has something to say, and they wait for ever.
func TestFailedEnsembleLeaksGoroutines(t *testing.T) {
	spec := v1alpha1.InferenceGraphSpec{}
	if err := json.Unmarshal([]byte(`{"nodes":{"root":{"routerType":"Ensemble","steps":[{"serviceUrl":"http://a"},{"serviceUrl":"http://b"},{"serviceUrl":"http://c"}]}}}`), &spec); err != nil {
		t.Fatal(err)
	}
	const requests = 50
	http.DefaultTransport = newServices(nil) // each step fails
	before := runtime.NumGoroutine()
	for range requests {
		if _, _, err := routeStep("root", spec, nil, nil); err == nil {
			t.Fatal("the Ensemble did not fail")
		}
	}
	time.Sleep(100 * time.Millisecond) // what would end has ended by now
	if left := runtime.NumGoroutine() - before; left < 2*requests {
		t.Errorf("%d goroutines are left", left)
	}
}
