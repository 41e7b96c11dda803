# Sourced by the build scripts, after copy_kserve.

# Both programs listen on every interface, the router on a fixed port, and neither has a flag for it. Here nothing listens but on
# 127.0.0.1: one line of each is replaced as it is compiled (go build -overlay), and the build fails if that line is not there.
patched=$PWD/$copy/.patched # a folder that go vet ./... does not walk
mkdir -p "$patched"
patch_line() { # FILE LINE REPLACEMENT
  target=$patched/$(echo "$1" | tr / _)
  if [ "$(grep -cF "$2" "$copy/$1")" != 1 ]; then
    echo "conformance: $1 of KServe does not hold one line '$2' any more: change where it is patched" >&2
    exit 1
  fi
  # awk, not sed: the line is text, not an expression
  LINE=$2 NEW=$3 awk '{ at = index($0, ENVIRON["LINE"]); if (at) $0 = substr($0, 1, at - 1) ENVIRON["NEW"] substr($0, at + length(ENVIRON["LINE"])); print }' \
    "$copy/$1" >"$target"
  printf '{"Replace":{"%s":"%s"}}' "$PWD/$copy/$1" "$target" >"$target.json"
}

# The router as a program of its own, on 127.0.0.1 and the port ROUTER_PORT.
build_router_program() {
  patch_line cmd/router/main.go '":" + strconv.Itoa(constants.RouterPort)' '"127.0.0.1:" + os.Getenv("ROUTER_PORT")'
  (cd "$copy" && go build -overlay "$patched/cmd_router_main.go.json" -o ../../bin/router-program ./cmd/router)
}
