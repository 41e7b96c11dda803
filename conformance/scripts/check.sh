#!/bin/sh
# Checks the Go code itself; scripts/build.sh comes first.
set -eu
cd "$(dirname "$0")/.."
unformatted=$(gofmt -l cmd controller internal router)
if [ -n "$unformatted" ]; then
  echo "conformance: gofmt would change $unformatted" >&2
  exit 1
fi
go vet ./...
go test ./...
bin/router -test.run 'TestRoute|TestOnTheWire|TestDrain|TestFailedEnsemble'
