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
printf '%s\n' '{ "compilerOptions": { "module": "node16", "target": "es2022", "strict": true, "isolatedModules": true, "types": ["jest", "node"] } }' > tsconfig.json
npx jest --config jest.config.json

# the program, as a user types it
npx cdk8s-kserve lint out/dog-breed.k8s.yaml
npx cdk8s-kserve simulate out/dog-breed.k8s.yaml --init > models.yaml
echo '{"instances":["picture"]}' | npx cdk8s-kserve simulate out/dog-breed.k8s.yaml --models models.yaml --input - --trace

# npm brings the peer cdk8s-plus-28 by itself
node -e 'const { App, Chart } = require("cdk8s"); new (require("cdk8s-kserve").StandaloneInferenceGraph)(new Chart(new App(), "test"), "pipeline");'

# as a validation plugin of the real cdk8s CLI: a graph that the constructs did not make
npm install --silent cdk8s-cli
cat > plain.js <<'APP'
const { ApiObject, App, Chart } = require('cdk8s');
const app = new App();
const steps = [{ serviceName: 'a', condition: process.env.CONDITION }, { serviceName: 'b' }];
new ApiObject(new Chart(app, 'shop'), 'pipeline', {
  apiVersion: 'serving.kserve.io/v1alpha1', kind: 'InferenceGraph', spec: { nodes: { root: { routerType: 'Sequence', steps } } },
});
app.synth();
APP
cat > cdk8s.yaml <<'CONFIG'
app: node plain.js
validations:
  - package: ./node_modules/cdk8s-kserve
    version: 0.0.0
    class: KServeValidation
    properties: { strict: true, mode: Standard }
CONFIG
npx cdk8s synth --check-upgrade false --validation-reports-output-file good.json >/dev/null
code=0
CONDITION=label npx cdk8s synth --check-upgrade false --validation-reports-output-file bad.json >/dev/null 2>&1 || code=$?
[ "$code" = 2 ]
node -e '
const [good, bad] = ["./good.json", "./bad.json"].map((file) => require(file).reports[0]);
const [{ ruleName, violatingConstructs: [{ constructPath }] }] = bad.violations;
require("assert").deepStrictEqual(
  [good.summary.status, good.violations.length, bad.summary.status, bad.violations.length, ruleName, constructPath],
  ["success", 0, "failure", 1, "condition-on-first-step", "shop/pipeline"],
);'
