import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { Hardening } from '../../src';
import type { InferenceService, StandaloneInferenceGraph } from '../../src';
import { DEPLOYMENT_MODE_ANNOTATION } from '../../src/spec/inference-graph';
import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import { canonicalQuantity } from '../../src/spec/quantity';
import { serviceManifests } from '../../test/arbitraries/service-manifest';
import { anyQuantity, standaloneCases } from '../../test/arbitraries/standalone';
import { calling, RUNTIME } from '../../test/support/calling';
import { NAMESPACE, objectsOf, standalone } from '../../test/support/manifest-graph';
import { sharedFile } from '../../test/support/shared';
import { ask } from '../client/oracle';
import type { AdmitAnswer, PodSecurityAnswer, ReconcileAnswer } from '../client/oracle';

/** How many random graphs, services and quantities, and from which seed on; both can be set to repeat a run or to make it longer. */
const RUNS = Number(process.env.STANDALONE_RUNS ?? 1_000);
const SEED = Number(process.env.STANDALONE_SEED ?? 20_261_124);

/** What is refused here and not by KServe, by rule. */
function refusalsOf(graph: StandaloneInferenceGraph): string[] {
  return graph.node.validate().flatMap((problem) => / {2}\((standalone-[a-z-]+)\)$/.exec(problem)?.[1] ?? []);
}

function question(manifest: InferenceGraphManifest, services: readonly InferenceService[], config: object = ROUTER) {
  return {
    ask: 'reconcile',
    mode: 'Standard',
    config: { router: config },
    graph: { ...manifest, metadata: { ...manifest.metadata, namespace: manifest.metadata.namespace ?? NAMESPACE } },
    services: services.map((service) => {
      const object = service.apiObject.toJson();
      const url = `http://${service.name}-predictor.${object.metadata.namespace}.svc.cluster.local`;
      return { ...object, status: { address: { url } } };
    }),
  };
}

const ROUTER = {
  image: 'kserve/router:v0.20.0', memoryRequest: '100Mi', memoryLimit: '1Gi', cpuRequest: '100m', cpuLimit: '1', imagePullPolicy: 'IfNotPresent',
};

/** What the controller made, without what only a controller can write. */
function withoutOwner({ objects, ...answer }: ReconcileAnswer): unknown[] {
  expect({ error: answer.reconcileError, panic: (answer as { panic?: string }).panic }).toEqual({});
  return objects.map((object) => {
    const { metadata, ...rest } = object as { metadata: Record<string, unknown> };
    const { ownerReferences, ...kept } = metadata;
    expect(ownerReferences).toHaveLength(1);
    return { ...rest, metadata: kept };
  });
}

const folder = sharedFile('corpus', 'graphs');
const corpus = folder === undefined ? [] : fs.readdirSync(folder).sort().flatMap((file) => {
  return parseAllDocuments(fs.readFileSync(path.join(folder, file), 'utf8'))
    .map((each) => each.toJS() as InferenceGraphManifest)
    .filter((each) => each?.kind === 'InferenceGraph')
    .map((document) => ({ file, document: inStandardMode(document) }));
});

/** A graph without a controller is never a Knative Service. */
function inStandardMode(manifest: InferenceGraphManifest): InferenceGraphManifest {
  const { [DEPLOYMENT_MODE_ANNOTATION]: _, ...annotations } = manifest.metadata?.annotations ?? {};
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

(folder === undefined ? describe.skip : describe)('graphs that others wrote', () => {
  test('without a controller are what the controller makes of them', async () => {
    const admitted = await ask<AdmitAnswer>('oracle', corpus.map(({ document }) => ({ ask: 'admit', object: document })));
    const valid = corpus.filter((_, i) => admitted[i].schema.length === 0 && admitted[i].unknown.length === 0 && admitted[i].webhook === '');
    const cases = valid.map(({ file, document }) => ({ file, document, ...standalone(document, { hardening: Hardening.NONE }) }));
    const answers = await ask<ReconcileAnswer>('oracle', cases.map(({ document, services }) => question(document, services)));

    const refused: string[] = [];
    for (const [i, { file, graph }] of cases.entries()) {
      const rules = refusalsOf(graph);
      refused.push(...rules.map((rule) => `${file} ${rule}`));
      if (rules.length === 0) {
        expect({ file, objects: objectsOf(graph) }).toEqual({ file, objects: withoutOwner(answers[i]) });
      }
    }
    expect([cases.length, corpus.length]).toEqual([63, 90]);
    const stopped = ['068-unit-controller-stop-true.yaml', '069-unit-controller-stop-raw-true.yaml'];
    expect(refused).toEqual(stopped.map((file) => `${file} standalone-stop`));
  });
});

test('random graphs and settings without a controller are what the controller makes of them', async () => {
  const samples = fc.sample(standaloneCases(), { numRuns: RUNS, seed: SEED });
  const cases = samples.map((sample) => ({ ...sample, ...standalone(sample.manifest, { hardening: Hardening.NONE, ...sample.props }) }));
  const answers = await ask<ReconcileAnswer>('oracle', cases.map(({ manifest, services, router }) => question(manifest, services, { ...ROUTER, ...router })));

  for (const [i, { graph, manifest }] of cases.entries()) {
    expect({ i, manifest, objects: objectsOf(graph) }).toEqual({ i, manifest, objects: withoutOwner(answers[i]) });
  }
});

test('a hardened router breaks nothing of Pod Security "restricted"', async () => {
  const samples = fc.sample(standaloneCases(), { numRuns: 300, seed: SEED });
  const specs = samples.map(({ manifest, props }) => standalone(manifest, props).graph.deployment.toJson().spec.template.spec);
  const answers = await ask<PodSecurityAnswer>('oracle', specs.map((podSpec) => ({ ask: 'pod-security', podSpec })));

  expect(answers).toEqual(specs.map(() => ({ violations: [] })));
});

test('services are called by the URL that the controller finds out', async () => {
  const samples: any[] = fc.sample(serviceManifests(), { numRuns: RUNS, seed: SEED });
  const ours = samples.map((manifest) => calling(manifest));
  // what the API server has after KServe's defaults
  const admitted = await ask<{ defaulted: any }>('oracle', samples.map((object) => ({ ask: 'admit-isvc', object })));
  const answers = await ask<ReconcileAnswer>('oracle', samples.map(({ metadata: { name, annotations }, spec }, i) => {
    const entry = annotations[DEPLOYMENT_MODE_ANNOTATION] === 'Knative' ? name : entryOf(name, spec);
    return {
      ask: 'reconcile',
      mode: 'Standard',
      config: { router: ROUTER },
      graph: {
        apiVersion: 'serving.kserve.io/v1alpha1',
        kind: 'InferenceGraph',
        metadata: { name: 'graph', namespace: NAMESPACE },
        spec: { nodes: { root: { routerType: 'Sequence', steps: [{ serviceName: name }] } } },
      },
      services: [{ ...admitted[i].defaulted, status: { address: { url: `http://${entry}.${NAMESPACE}.svc.cluster.local` } } }, RUNTIME],
    };
  }));

  const theirs = answers.map((answer) => {
    const [, deployment] = withoutOwner(answer) as any[];
    return JSON.parse(deployment.spec.template.spec.containers[0].args[1]).nodes.root.steps[0].serviceUrl as string;
  });
  if (process.env.RECORD !== undefined) {
    fs.writeFileSync(services, `${samples.slice(0, 80).map((manifest, i) => JSON.stringify({ manifest, url: theirs[i] })).join('\n')}\n`);
  }

  expect(samples.map((manifest, i) => ({ manifest, url: ours[i].url, refused: refusalsOf(ours[i].graph) })))
    .toEqual(samples.map((manifest, i) => ({ manifest, url: theirs[i], refused: [] })));
});

/** The Service in front of an InferenceService in Standard mode (kube_ingress_reconciler.go, `createAddress`). */
function entryOf(name: string, { predictor, transformer }: { predictor: { name?: string }; transformer?: object }): string {
  const part = predictor.name === undefined ? 'predictor' : `${predictor.name}-predictor`;
  return transformer === undefined ? `${name}-${part}` : `${name}-transformer`;
}

const services = path.join(__dirname, '../vectors/services.jsonl');
const vectors = path.join(__dirname, '../vectors/standalone.jsonl');

test('the recorded answers are what the controller answers', async () => {
  const manifests = fc.sample(standaloneCases(), { numRuns: 25, seed: 6 }).map(({ manifest }) => manifest);
  const answers = await ask<ReconcileAnswer>('oracle', manifests.map((manifest) => question(manifest, standalone(manifest).services)));
  const lines = manifests.map((manifest, i) => JSON.stringify({ manifest, objects: withoutOwner(answers[i]) }));
  if (process.env.RECORD !== undefined) {
    fs.writeFileSync(vectors, `${lines.join('\n')}\n`);
  }

  expect(fs.readFileSync(vectors, 'utf8').trim().split('\n').map((line) => JSON.parse(line))).toEqual(lines.map((line) => JSON.parse(line)));
});

const quantities = path.join(__dirname, '../vectors/quantities.json');

test('quantities are written as the controller writes them', async () => {
  const samples = [...new Set(fc.sample(anyQuantity(), { numRuns: RUNS * 5, seed: SEED }))];
  const manifest = {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'InferenceGraph',
    metadata: { name: 'graph' },
    spec: { nodes: {}, resources: { limits: Object.fromEntries(samples.map((text, i) => [`example.com/${i}`, text])) } },
  };
  const [answer] = await ask<ReconcileAnswer>('oracle', [question(manifest, [])]);
  const [, deployment] = withoutOwner(answer) as any[];
  const written: Record<string, string> = deployment.spec.template.spec.containers[0].resources.limits;
  const pairs = samples.map((text, i) => [text, written[`example.com/${i}`]]);
  if (process.env.RECORD !== undefined) {
    fs.writeFileSync(quantities, `[\n${pairs.slice(0, 300).map((pair) => JSON.stringify(pair)).join(',\n')}\n]\n`);
  }

  expect(pairs.map(([text]) => [text, canonicalQuantity(text)])).toEqual(pairs);
});
