# Sourced by the other scripts: says in one line what is missing and how to get it.

need_go() {
  wanted=$(sed -n 's/^go //p' go.mod)
  if ! command -v go >/dev/null 2>&1; then
    echo "conformance: Go is missing: install Go >= $wanted, KServe v0.20.0 is built with it" >&2
    exit 3
  fi
  # an older Go fetches the wanted toolchain itself, unless it is told not to (GOTOOLCHAIN=local) or cannot
  if ! said=$(go list -m 2>&1); then
    echo "conformance: Go is too old, got $(go env GOVERSION): install Go >= $wanted, KServe v0.20.0 is built with it ($said)" >&2
    exit 3
  fi
}
