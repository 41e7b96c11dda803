# Sourced by the build scripts.

copy=build/kserve

# copy_kserve puts what we build and read of KServe into $copy, once a version.
copy_kserve() {
  go mod download github.com/kserve/kserve # go list knows no folder of a module that was never downloaded
  kserve=$(go list -m -f '{{.Dir}}' github.com/kserve/kserve)
  version=$(go list -m -f '{{.Version}}' github.com/kserve/kserve)
  if [ "$(cat "$copy/.version" 2>/dev/null)" = "$version" ]; then return; fi
  rm -rf "$copy"
  mkdir -p "$copy"
  cp -R "$kserve/go.mod" "$kserve/go.sum" "$kserve/cmd" "$kserve/pkg" "$kserve/config" "$copy/"
  chmod -R u+w "$copy"
  echo "$version" >"$copy/.version"
}
