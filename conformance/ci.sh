#!/bin/sh
# What CI runs of the real KServe, each as a named step with its time. Needs Go and node_modules; installs Debian's etcd where it is missing.
# A missing program fails here: CI does not skip.
set -eu
cd "$(dirname "$0")/.."

step() { # NAME COMMAND…
  name=$1
  shift
  echo "== $name"
  begin=$(date +%s)
  "$@"
  echo "== $name: $(($(date +%s) - begin)) s"
}

install_etcd() {
  if command -v etcd >/dev/null 2>&1; then return; fi
  apt-get update -qq
  # its service is not wanted: the tests run etcd themselves, on ports of their own
  RUNLEVEL=1 apt-get install -qq -y --no-install-recommends etcd-server
}

step 'build the oracle from KServe' npx projen conformance:build
step 'compare with the real KServe' npx projen conformance
step 'install etcd' install_etcd
step 'build the control plane' npx projen cluster:build
step 'run the examples in a control plane' npx projen test:cluster
