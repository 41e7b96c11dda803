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

. scripts/patch.sh
patch_line cmd/manager/main.go 'Port: options.webhookPort,' 'Host: "127.0.0.1", Port: options.webhookPort,'
(cd "$copy" && go build -overlay "$patched/cmd_manager_main.go.json" -o ../../bin/manager ./cmd/manager)
build_router_program
