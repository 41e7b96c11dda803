#!/bin/sh
# Builds what answers for KServe: bin/oracle (linked against its packages) and bin/router (its router, in process).
# Nothing of KServe's source is kept here: it comes from the module proxy, and its copies lie in build/, which git ignores.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_go

go build -o bin/oracle ./cmd/oracle
(cd gostd && go build -o ../bin/gostd .)

# The router is package main with an unexported handler: only a test file inside that package reaches it, and Go refuses to
# overlay the module cache. So its source is copied, our files are put beside it, and the test binary is the program.
kserve=$(go list -m -f '{{.Dir}}' github.com/kserve/kserve)
copy=build/kserve
mkdir -p "$copy"
cp -R "$kserve/go.mod" "$kserve/go.sum" "$kserve/cmd" "$kserve/pkg" "$copy/"
chmod -R u+w "$copy"
rm -f "$copy"/cmd/router/*_test.go
cp router/*_test.go "$copy/cmd/router/"
(cd "$copy" && go vet -tags router_oracle ./cmd/router && go test -c -tags router_oracle -o ../../bin/router ./cmd/router)
bin/router -test.run 'TestRoute|TestOnTheWire' >/dev/null
