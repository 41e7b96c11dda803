#!/bin/sh
# Builds what answers for KServe: bin/oracle (linked against its packages), bin/router (its router, in process) and bin/router-program
# (its router as a program), and bin/gostd (Go's standard library). bin/load is both ends of benchmarks/serve.ts.
# Nothing of KServe's source is kept here: it comes from the module proxy, and its copies lie in build/, which git ignores.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_go
. scripts/copy.sh
copy_kserve

go build -o bin/oracle ./cmd/oracle
go build -o bin/load ./cmd/load
(cd gostd && go build -o ../bin/gostd .)

# The router is package main with an unexported handler: only a test file inside that package reaches it, and Go refuses to
# overlay the module cache. So our files are put beside a copy of its source, and the test binary is the program.
rm -f "$copy"/cmd/router/*_test.go
cp router/*_test.go "$copy/cmd/router/"
(cd "$copy" && go vet -tags router_oracle ./cmd/router && go test -c -tags router_oracle -o ../../bin/router ./cmd/router)

. scripts/patch.sh
build_router_program
