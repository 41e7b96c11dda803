#!/usr/bin/env bash
# Storage URIs before KServe's own storage initializer: installs it, from PyPI, into a folder of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check -r conformance/storage/requirements.txt
PYTHON=$folder/bin/python npx projen conformance:storage
