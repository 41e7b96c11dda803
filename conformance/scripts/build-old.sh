#!/bin/sh
# Builds what answers for older releases of KServe: bin/router-VERSION, their routers in process, bin/oracle-0.15 and bin/oracle-0.15.0, linked
# against the packages of 0.15.2 and 0.15.0, and bin/controller-VERSION, the controllers of graphs before. All are made of the same source as
# what scripts/build.sh builds. Nothing is vetted here: that would take as long again, for files of one function.
# Arguments are versions; without any, all are built.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_go

# Of the patches that the Go module proxy has, those at which something changed, and the newest of each release since 0.15.
versions=${*:-0.10.2 0.11.1 0.11.2 0.12.0 0.12.1 0.13.0 0.15.0 0.15.2 0.16.0 0.17.0 0.19.0}

# Outside of this module, whose go.mod asks for another version.
copy_release() { # VERSION
  copy=build/kserve-$1
  if [ -e "$copy/.complete" ]; then return; fi
  kserve=$(cd build && GO111MODULE=on GOWORK=off GOFLAGS= go mod download -json "github.com/kserve/kserve@v$1" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",$/\1/p')
  rm -rf "$copy"
  mkdir -p "$copy/internal/protocol" "$copy/cmd/oracle"
  cp -R "$kserve/go.mod" "$kserve/go.sum" "$kserve/cmd" "$kserve/pkg" "$kserve/config" "$copy/"
  chmod -R u+w "$copy"
  rm -f "$copy"/cmd/router/*_test.go
  : >"$copy/.complete"
}

# What a router does not have yet is left out by a build tag each.
build_router() { # VERSION TAG…
  version=$1 tags=router_oracle
  shift
  for tag; do tags=$tags,$tag; done
  for file in answer draws main services timeouts no_timeouts mesh no_mesh patterns no_patterns; do cp "router/${file}_test.go" "$copy/cmd/router/"; done
  (cd "$copy" && go test -c -tags "$tags" -o "../../bin/router-$version" ./cmd/router)
}

build_controller() { # VERSION
  cp internal/protocol/protocol.go "$copy/internal/protocol/"
  cp controller/main.go "$copy/cmd/oracle/"
  (cd "$copy" && go build -tags controller_oracle -o "../../bin/controller-$1" ./cmd/oracle)
}

# The same source as bin/oracle; what KServe 0.15 has otherwise stands in files with the build tag kserve_0_15, its dependencies in kserve-0.15.mod.
build_oracle() { # PROGRAM VERSION MODFILE
  go build "-modfile=$3" -tags kserve_0_15 -ldflags "-X github.com/example/cdk8s-kserve/conformance/internal/kserve.configDir=build/kserve-$2/config" -o "bin/$1" ./cmd/oracle
}

for version in $versions; do
  copy_release "$version"
  case $version in
    0.10.* | 0.11.1) build_router "$version" router_without_timeouts router_without_mesh router_without_patterns ;;
    0.11.2 | 0.12.0) build_controller "$version" ;;
    0.12.* | 0.13.*) build_router "$version" router_without_timeouts router_without_mesh ;;
    0.15.*) build_router "$version" router_without_timeouts ;;
    *) build_router "$version" ;;
  esac
  case $version in
    0.15.0)
      # with the dependencies of 0.15.2, but its own packages
      cp kserve-0.15.sum build/kserve-0.15.0.sum
      sed "s|^exclude |replace github.com/kserve/kserve => ./build/kserve-0.15.0\n\nexclude |" kserve-0.15.mod >build/kserve-0.15.0.mod
      build_oracle oracle-0.15.0 0.15.0 build/kserve-0.15.0.mod ;;
    0.15.2) build_oracle oracle-0.15 0.15.2 kserve-0.15.mod ;;
  esac
done
