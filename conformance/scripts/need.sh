# Sourced by the other scripts: says in one line what is missing and how to get it.

need_go() {
  wanted=$(sed -n 's/^go //p' go.mod)
  if ! command -v go >/dev/null 2>&1; then
    echo "conformance: Go is missing: install Go >= $wanted (https://go.dev/dl), KServe v0.20.0 is built with it" >&2
    exit 3
  fi
  # with a toolchain of its own choice Go would fetch the wanted version; without, it says that the version is too low
  if ! go version >/dev/null 2>&1; then
    echo "conformance: Go is too old, got $(GOTOOLCHAIN=local go env GOVERSION): install Go >= $wanted, KServe v0.20.0 is built with it" >&2
    exit 3
  fi
}

need_etcd() {
  if ! command -v etcd >/dev/null 2>&1; then
    echo "conformance: etcd is missing: install it (Debian and Ubuntu: apt-get install etcd-server); the control plane keeps its objects in it" >&2
    exit 3
  fi
}
