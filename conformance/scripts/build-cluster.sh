#!/bin/sh
# Builds the control plane: kube-apiserver (a module of its own, apiserver/), KServe's manager, and its router as a program.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_go
. scripts/copy.sh
copy_kserve

kubernetes=v1.34.3
component=k8s.io/component-base/version
# without a version clients choke on the v0.0.0-master that an unstamped build claims to be
(cd apiserver && go build -o ../bin/kube-apiserver \
  -ldflags "-X $component.gitVersion=$kubernetes -X $component.gitMajor=1 -X $component.gitMinor=34" k8s.io/kubernetes/cmd/kube-apiserver)

go build -o bin/certificate ./cmd/certificate

# Both programs listen on every interface, the router on a fixed port, and neither has a flag for it. Here nothing listens but on
# 127.0.0.1: one line of each is replaced as it is compiled (go build -overlay), and the build fails if that line is not there.
patched=$PWD/build/patched
mkdir -p "$patched"
patch_line() { # FILE LINE REPLACEMENT
  target=$patched/$(echo "$1" | tr / _)
  if [ "$(grep -cF "$2" "$copy/$1")" != 1 ]; then
    echo "conformance: $1 of KServe does not hold one line '$2' any more: change scripts/build-cluster.sh" >&2
    exit 1
  fi
  # awk, not sed: the line is text, not an expression
  LINE=$2 NEW=$3 awk '{ at = index($0, ENVIRON["LINE"]); if (at) $0 = substr($0, 1, at - 1) ENVIRON["NEW"] substr($0, at + length(ENVIRON["LINE"])); print }' \
    "$copy/$1" >"$target"
  printf '{"Replace":{"%s":"%s"}}' "$PWD/$copy/$1" "$target" >"$target.json"
}
patch_line cmd/manager/main.go 'Port: options.webhookPort,' 'Host: "127.0.0.1", Port: options.webhookPort,'
patch_line cmd/router/main.go '":" + strconv.Itoa(constants.RouterPort)' '"127.0.0.1:" + os.Getenv("ROUTER_PORT")'
cd "$copy"
go build -overlay "$patched/cmd_manager_main.go.json" -o ../../bin/manager ./cmd/manager
go build -overlay "$patched/cmd_router_main.go.json" -o ../../bin/router-program ./cmd/router
