import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allPages, listedRules } from '../../src/cli/lint/rule-pages';
import { run } from '../../src/cli/program';
import { SYNTH_RULES } from '../../src/lint/synth-rules';

async function program(...args: string[]) {
  let [out, err] = ['', ''];
  const code = await run(args, { read: async () => Buffer.alloc(0), out: (text) => { out += text; }, err: (text) => { err += text; }, color: false });
  return { code, out, err };
}

test('the list has every rule', async () => {
  const { code, out } = await program('rules');
  expect([code, out.trimEnd().split('\n').map((line) => line.split(' ')[0])]).toEqual([0, listedRules().map(({ id }) => id)]);
});

test('a page', async () => {
  expect((await program('rules', 'no-target')).out).toBe(`## no-target

**error**: a step that calls nothing (refused by the webhook)

KServe's webhook refuses the graph: a step has exactly one target.

Source: pkg/apis/serving/v1alpha1/inference_graph_validation.go, v0.9.0 to v0.20.0

Mistaken:

\`\`\`yaml
apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: pipeline
  annotations:
    serving.kserve.io/deploymentMode: Standard
spec:
  nodes:
    root:
      routerType: Sequence
      steps:
        - name: x
\`\`\`

Mended:

\`\`\`yaml
apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: pipeline
  annotations:
    serving.kserve.io/deploymentMode: Standard
spec:
  nodes:
    root:
      routerType: Sequence
      steps:
        - name: x
          serviceName: a
\`\`\`
`);
});

test('a page of a rule that sees more than one document', async () => {
  expect((await program('rules', 'service-name-clash')).out).toBe(`## service-name-clash

**error**: two objects of a namespace that make a Service of one name

A graph makes a Service with its own name, an InferenceService \`<name>-predictor\` and, in Knative mode, \`<name>\`: each would overwrite the other's.

Source: pkg/controller/v1alpha1/inferencegraph and pkg/controller/v1beta1/inferenceservice/reconcilers/ingress, v0.20.0
`);
});

test('every id that a message ends with has a page', () => {
  const src = join(__dirname, '..', '..', 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const named = files.flatMap((file) => [...readFileSync(join(src, file), 'utf8').matchAll(/ {2}\(([a-z]+(?:-[a-z]+)*)\)['`]/g)].map(([, id]) => id));
  const known = listedRules().map(({ id }) => id);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((id) => !known.includes(id))).toEqual([]);
  // and no page is of a rule that is gone
  expect(SYNTH_RULES.map(({ id }) => id).filter((id) => !named.includes(id))).toEqual([]);
});

test('the page of a rule that is told at synth', async () => {
  expect((await program('rules', 'standalone-stop')).out).toBe(`## standalone-stop

**error**: the annotation serving.kserve.io/stop on a StandaloneInferenceGraph (told at synth)

The controller deletes what it made for a graph with the annotation; where no controller reads it, nothing stops.

Source: pkg/constants/constants.go, v0.16.0 to v0.20.0
`);
});

test('a rule that there is not', async () => {
  expect(await program('rules', 'no-targets')).toEqual({ code: 2, out: '', err: "error: there is no such rule, got 'no-targets': did you mean 'no-target'?\n" });
});

test('docs/rules.md is what the rules say', () => {
  const file = join(__dirname, '..', '..', 'docs', 'rules.md');
  expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(allPages());
});
