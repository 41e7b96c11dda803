#!/usr/bin/env bash
# Installs Debian's etcd where there is none. Its own service is not wanted: the tests run etcd themselves, on ports of their own.
set -euo pipefail
if ! command -v etcd >/dev/null; then
  apt-get update -qq
  RUNLEVEL=1 apt-get install -qq -y --no-install-recommends etcd-server
fi
version=$(etcd --version) # whole, since `| head -1` may end etcd by SIGPIPE
echo "${version%%$'\n'*}"
