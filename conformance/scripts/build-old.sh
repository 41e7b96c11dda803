#!/bin/sh
# Builds what answers for older releases of KServe, from the same source as scripts/build.sh: bin/router-VERSION, their routers in process,
# and bin/oracle-0.15, linked against the packages of KServe 0.15.2. Arguments are versions; without any, all are built.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_go

# The patches of which the Go module proxy has a module. 0.15.0 is here for what its own patch mended.
versions=${*:-0.15.0 0.15.2 0.16.0 0.17.0 0.19.0}

for version in $versions; do
  copy=build/kserve-$version
  if [ ! -e "$copy/.complete" ]; then
    # outside of this module, whose go.mod asks for another version
    kserve=$(cd build && GO111MODULE=on GOWORK=off GOFLAGS= go mod download -json "github.com/kserve/kserve@v$version" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",$/\1/p')
    rm -rf "$copy"
    mkdir -p "$copy"
    cp -R "$kserve/go.mod" "$kserve/go.sum" "$kserve/cmd" "$kserve/pkg" "$kserve/config" "$copy/"
    chmod -R u+w "$copy"
    rm -f "$copy"/cmd/router/*_test.go
    : >"$copy/.complete"
  fi
  tags=router_oracle
  case $version in 0.15.*) tags=router_oracle,router_without_timeouts ;; esac
  cp router/answer_test.go router/draws_test.go router/main_test.go router/services_test.go router/timeouts_test.go router/no_timeouts_test.go "$copy/cmd/router/"
  # their go.mod names an older Go, the Go at hand is that of the newest
  (cd "$copy" && go vet -stdversion=false -tags "$tags" ./cmd/router && go test -c -tags "$tags" -o "../../bin/router-$version" ./cmd/router)
done

# The same source as bin/oracle; what KServe 0.15 has otherwise stands in files with the build tag kserve_0_15, its dependencies in kserve-0.15.mod.
case " $versions " in *" 0.15.2 "*)
  go vet -modfile=kserve-0.15.mod -tags kserve_0_15 ./cmd/oracle ./internal/kserve ./internal/admission
  go build -modfile=kserve-0.15.mod -tags kserve_0_15 -ldflags "-X github.com/example/cdk8s-kserve/conformance/internal/kserve.configDir=build/kserve-0.15.2/config" \
    -o bin/oracle-0.15 ./cmd/oracle ;;
esac
