/* A program: lints as many files as it is told, each of about 40 kB and made when it is read, and prints what it counted. */
import { lintFiles } from '../../src/cli/lint/lint-files';

const count = Number(process.argv[2]);

/** Every other file has a graph with a finding, every fifth an InferenceService beside it. */
function manifest(i: number): string {
  const annotations = 'annotations: { serving.kserve.io/deploymentMode: Standard }'.replace(/[{}] ?/g, '').replace(': ', ':\n    ');
  const graph = `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: a-graph-with-a-long-name-${i}
  ${annotations}
spec:
  nodes:
    root:
      routerType: Sequence
      steps:
      - serviceName: a-service-with-a-long-name-${i - i % 5}
${i % 2 === 0 ? '        condition: label\n' : ''}`;
  const service = `---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: a-service-with-a-long-name-${i}
  ${annotations}
spec:
  predictor:
    model:
      modelFormat:
        name: sklearn
      storageUri: gs://models/a-model-with-a-long-name-${i}
`;
  return `${graph}# ${'x'.repeat(40_000)}\n${i % 5 === 0 ? service : ''}`;
}

const inputs = Array.from({ length: count }, (_, i) => ({ path: `${i}.yaml` }));
void lintFiles(inputs, async (path) => Buffer.from(manifest(Number.parseInt(path, 10))), {}).then(({ findings, files, objects, unreadable }) => {
  const rules = new Map<string, number>();
  findings.forEach(({ rule }) => rules.set(rule, (rules.get(rule) ?? 0) + 1));
  process.stdout.write(JSON.stringify({ files, objects, unreadable, rules: Object.fromEntries(rules) }));
});
