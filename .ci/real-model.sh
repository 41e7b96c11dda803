#!/usr/bin/env bash
# Two real classifiers behind the local router: installs scikit-learn into a folder of its own and asks about three flowers.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check -r examples/real-model/requirements.txt
PYTHON=$folder/bin/python npx projen example:real-model
