#!/usr/bin/env bash
# The packed tarball in an empty folder, as a new user has it: the README's pipeline in TypeScript, and the names in ES modules.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npx projen compile
npm pack --silent --ignore-scripts --pack-destination "$folder" >/dev/null
ls -l "$folder"
cd "$folder"
npm init -y >/dev/null
npm install --silent ./cdk8s-kserve-*.tgz cdk8s constructs typescript@6 @types/node@20
node "$root/.ci/readme-app.js" "$root/README.md" app.ts
npx tsc --strict --module node16 --target es2022 --skipLibCheck false app.ts
CDK8S_OUTDIR=out node app.js
printf '%s\n' "import { InferenceGraph, SequenceNode } from 'cdk8s-kserve';" 'if (typeof InferenceGraph !== "function" || typeof SequenceNode !== "function") process.exit(1);' > module.mjs
node module.mjs
grep -q "condition: '\[@this\].#(predictions.0==\"dog\")'" out/dog-breed.k8s.yaml
[ "$(grep -c '^kind: ' out/dog-breed.k8s.yaml)" = 3 ]

# the example's test, copied beside its pipeline, in a folder with jest and nothing else of ours
mkdir tested
cp "$root/examples/dog-breed.ts" "$root/examples/dog-breed.test.ts" tested/
npm install --silent jest@30 ts-jest@29 @types/jest@30
printf '%s\n' '{ "preset": "ts-jest", "roots": ["tested"] }' > jest.config.json
npx jest --config jest.config.json

# the program, as a user types it
npx cdk8s-kserve lint out/dog-breed.k8s.yaml
npx cdk8s-kserve simulate out/dog-breed.k8s.yaml --init > models.yaml
echo '{"instances":["picture"]}' | npx cdk8s-kserve simulate out/dog-breed.k8s.yaml --models models.yaml --input - --trace
