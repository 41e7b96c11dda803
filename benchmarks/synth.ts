/*
 * What this package costs beside bare cdk8s: loading it, and synthesizing 1,000 graphs of 12 steps against the same YAML made with ApiObject.
 */
import * as path from 'path';
import { compare, freshNode, machine } from './measure';

const root = path.join(__dirname, '..');
const at = (module: string) => JSON.stringify(require.resolve(module, { paths: [root] }));
const GRAPHS = 1000;
const STEPS = 12;

// processor time, not the clock's: other work on the machine counts less
const timed = (before: string, work: string) => `${before}
const start = process.cpuUsage();
${work}
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1000);`;

const bare = timed(`const { App, ApiObject, Chart } = require(${at('cdk8s')});`, `
const app = new App();
const chart = new Chart(app, 'graphs');
for (let i = 0; i < ${GRAPHS}; i++) {
  new ApiObject(chart, 'graph-' + i, {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'InferenceGraph',
    metadata: { name: 'graph-' + i, annotations: { 'serving.kserve.io/deploymentMode': 'Standard' } },
    spec: { nodes: { root: { routerType: 'Sequence', steps: Array.from({ length: ${STEPS} }, (_, s) => ({
      name: 'step-' + s, serviceName: 'model-' + s, dependency: 'Hard',
      ...(s > 0 && { data: '$response', mapPredictionsToInstances: true, condition: '[@this].#(predictions.0=="next")' }),
    })) } } },
  });
}
globalThis.yaml = app.synthYaml();`);

const ours = timed(`
const { App, Chart } = require(${at('cdk8s')});
const { Condition, Dependency, InferenceGraph, InferenceTarget, SequenceNode, StepData } = require(${JSON.stringify(root)});`, `
const app = new App();
const chart = new Chart(app, 'graphs');
for (let i = 0; i < ${GRAPHS}; i++) {
  const root = new SequenceNode(new InferenceGraph(chart, 'graph-' + i), 'root');
  for (let s = 0; s < ${STEPS}; s++) {
    root.addStep(InferenceTarget.serviceName('model-' + s), {
      name: 'step-' + s, dependency: Dependency.HARD,
      ...(s > 0 && { data: StepData.RESPONSE, mapPredictionsToInstances: true, condition: Condition.stringEquals('predictions.0', 'next') }),
    });
  }
}
globalThis.yaml = app.synthYaml();`);

const output = (program: string) => `${program.replace(/console\.log\(.*\);$/, '')}\nconsole.log(require('crypto').createHash('sha256').update(yaml).digest().readUInt32LE());`;
if (freshNode(output(bare)) !== freshNode(output(ours))) {
  throw new Error('the two programs make different YAML, so their times say nothing');
}

console.log(machine());
compare(
  'import, in a fresh process', 21,
  { name: 'cdk8s', run: () => freshNode(timed('', `require(${at('cdk8s')});`)) },
  { name: 'cdk8s and cdk8s-kserve', run: () => freshNode(timed('', `require(${at('cdk8s')}); require(${JSON.stringify(root)});`)) },
);
compare(
  `synth of ${GRAPHS} graphs of ${STEPS} steps, the same YAML`, 7,
  { name: 'ApiObject', run: () => freshNode(bare) },
  { name: 'InferenceGraph', run: () => freshNode(ours) },
);
