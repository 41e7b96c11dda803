import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { StandaloneInferenceGraph } from '../../src';
import { graphJsonProblem } from '../../src/router/graph-json';
import { DEPLOYMENT_MODE_ANNOTATION } from '../../src/spec/inference-graph';
import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import { standaloneCases } from '../../test/arbitraries/standalone';
import { ManifestGraph, objectsOf } from '../../test/support/manifest-graph';
import { madeByController, refusalsOf, withoutController } from '../../test/support/reconciled';
import { sharedFile } from '../../test/support/shared';
import { manifestOf } from '../../test/support/synth';
import { AdmitAnswer, ask, PodSecurityAnswer, ReconcileAnswer, ReconcileQuestion } from '../client/oracle';
import { graphQuestion, graphQuestions, quantityQuestion, serviceQuestions } from '../client/standalone-cases';

/** How many random graphs and services, and from which seed on; both can be set to repeat a run or to make it longer. */
const RUNS = Number(process.env.STANDALONE_RUNS ?? 1_000);
const SEED = Number(process.env.STANDALONE_SEED ?? 20_261_124);

/** Compares what we make with what the controller makes, question by question. */
async function compared(questions: readonly ReconcileQuestion[]): Promise<void> {
  const answers = await ask<ReconcileAnswer>('oracle', questions);
  for (const [i, question] of questions.entries()) {
    const graph = withoutController(question);
    expect({ question, refused: refusalsOf(graph), objects: objectsOf(graph), reconcileError: undefined })
      .toEqual({ question, refused: [], objects: madeByController(answers[i]), reconcileError: answers[i].reconcileError });
  }
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
    const cases = valid.map(({ file, document }) => ({ file, question: graphQuestion(document) }))
      .map(({ file, question }) => ({ file, question, refused: refusalsOf(withoutController(question)) }));
    expect([cases.length, corpus.length]).toEqual([63, 90]);
    expect(cases.flatMap(({ file, refused }) => refused.map((rule) => `${file} ${rule}`))).toEqual([
      '068-unit-controller-stop-true.yaml standalone-stop',
      '069-unit-controller-stop-raw-true.yaml standalone-stop',
    ]);

    await compared(cases.filter(({ refused }) => refused.length === 0).map(({ question }) => question));
  });
});

test('random graphs and settings without a controller are what the controller makes of them', async () => {
  await compared(graphQuestions(RUNS, SEED));
});

test('services are called by the URL that the controller finds out', async () => {
  await compared(await serviceQuestions(RUNS, SEED));
});

test('quantities are written as the controller writes them', async () => {
  await compared([quantityQuestion(5 * RUNS, SEED)]);
});

test('a hardened router breaks nothing of Pod Security "restricted"', async () => {
  const samples = fc.sample(standaloneCases(), { numRuns: 300, seed: SEED });
  const specs = samples.map(({ manifest, props }) => {
    const graph = new ManifestGraph(new Chart(new App(), 'test'), manifest, props);
    return manifestOf(graph.deployment).spec.template.spec;
  });
  const answers = await ask<PodSecurityAnswer>('oracle', specs.map((podSpec) => ({ ask: 'pod-security', podSpec })));

  expect(answers).toEqual(specs.map(() => ({ violations: [] })));
});

test('a container beside the router has to drop its capabilities for "restricted", and nothing else', async () => {
  const specs = [undefined, { drop: [kplus.Capability.ALL] }].map((capabilities) => {
    const graph = new StandaloneInferenceGraph(new Chart(new App(), 'test'), 'graph');
    graph.deployment.addContainer({ name: 'proxy', image: 'proxy:1', securityContext: { capabilities } });
    return manifestOf(graph.deployment).spec.template.spec;
  });
  expect(await ask<PodSecurityAnswer>('oracle', specs.map((podSpec) => ({ ask: 'pod-security', podSpec })))).toEqual([
    { violations: [{ reason: 'unrestricted capabilities', detail: 'container "proxy" must set securityContext.capabilities.drop=["ALL"]' }] },
    { violations: [] },
  ]);
});

test('a graph is refused exactly where a program could not be started with it', () => {
  for (const bytes of [131_071, 131_072]) {
    const argument = 'x'.repeat(bytes);
    expect({ bytes, starts: spawnSync('true', [argument]).error === undefined }).toEqual({ bytes, starts: graphJsonProblem(argument) === undefined });
  }
});
