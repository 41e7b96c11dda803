/*
 * The graphs of KServe's documentation, written with this package: equal to the documentation's YAML, or each difference has its reason.
 */
import * as fs from 'fs';
import { parseAllDocuments } from 'yaml';
import { Condition, EnsembleNode, InferenceGraph, InferenceTarget, SequenceNode, SplitterNode, StepData, SwitchNode } from '../src';
import { outputOf } from './support/examples';
import { describeShared, sharedFile } from './support/shared';
import { graph, manifests } from './support/synth';

const service = (name: string) => InferenceTarget.serviceName(name);

describeShared('the documentation beside the project (skipped where ../shared is not)', () => {
  const MODE = "+ metadata.annotations.serving.kserve.io/deploymentMode 'Standard'"; // always written, since a cluster's default can change
  const FORMAT = (name: string, uri: string) => [
    // the webhook rewrites the framework's own key into `model`, which GitOps tools then take for drift
    "+ spec.predictor.model.modelFormat.name 'pytorch'",
    "+ spec.predictor.model.resources.requests.cpu '100m'",
    `+ spec.predictor.model.storageUri '${uri}'`,
    "- spec.predictor.pytorch.resources.requests.cpu '100m'",
    `- spec.predictor.pytorch.storageUri '${uri}'`,
  ].map((line) => `${name}: ${line}`);

  test('dog-breed, the tutorial', () => {
    const [, , pipeline] = example('dog-breed');
    expect(differences(pipeline, corpus('025-docs-website-image-pipeline-timeouts')[0])).toEqual([
      MODE,
      "+ spec.resources.limits.cpu '1'", // the same quantity, as the text that Kubernetes keeps
      '- spec.resources.limits.cpu 1',
    ]);
  });

  test('dog-breed, the older file with its services', () => {
    const ours = example('dog-breed');
    const theirs = corpus('026-docs-website-cat-dog-seq-file');
    expect(['cat', 'breed'].flatMap((name, i) => differences(ours[i], theirs[i]).map((line) => `${name}: ${line}`))).toEqual([
      `cat: ${MODE}`,
      ...FORMAT('cat', 'gs://kfserving-examples/models/torchserve/cat_dog_classification'),
      `breed: ${MODE}`,
      ...FORMAT('breed', 'gs://kfserving-examples/models/torchserve/dog_breed_classification'),
    ]);
  });

  test('switch', () => {
    const [, , , , pipeline] = example('switch');
    expect(differences(pipeline, corpus('020-docs-website-overview-switch')[0])).toEqual([
      MODE,
      "+ spec.nodes.root.steps.0.name 'upper'",
      "+ spec.nodes.root.steps.1.name 'lower'",
      // GJSON has no '&&': the documentation's third condition means 'data>0'
      "+ spec.nodes.root.steps.2.condition '[@this].#(instances.0.data>=0.5)#|#(instances.0.data<=0.9)'",
      "- spec.nodes.root.steps.2.condition '[@this].#(instances.0.data>0.5 && instances.0.data<=0.9)'",
      "+ spec.nodes.root.steps.2.name 'middle'",
      "- spec.nodes.root.steps.2.nodeName 'middle'", // a node that the documentation's graph does not have
      "+ spec.nodes.root.steps.2.serviceName 'middle'",
      // the documentation has no default, and answers 404 to a request without a number
      "+ spec.nodes.root.steps.3.condition '@this'",
      "+ spec.nodes.root.steps.3.name 'unknown'",
      "+ spec.nodes.root.steps.3.serviceName 'unknown'",
    ]);
  });

  test('ensemble', () => {
    const [, , , pipeline] = example('ensemble');
    expect(differences(pipeline, corpus('021-docs-website-overview-ensemble')[0])).toEqual([
      MODE,
      "+ spec.nodes.root.steps.0.dependency 'Hard'", // to show it
    ]);
  });

  test.each<[string, (pipeline: InferenceGraph) => unknown, string[]]>([
    [
      '019-docs-website-overview-sequential',
      (pipeline) => new SequenceNode(pipeline, 'root')
        .addStep(service('preprocessor'), { name: 'preprocess_step' })
        .addStep(service('classifier'), { name: 'classify', data: StepData.RESPONSE })
        .addStep(service('text-classifier'), { name: 'classify_text', condition: Condition.stringEquals('predictions.0.class', 'news') })
        .addStep(service('named-entity-recognition'), { name: 'classify_news', condition: Condition.stringEquals('predictions.0.class', 'sports') }),
      [],
    ],
    [
      '020-docs-website-overview-switch',
      (pipeline) => {
        const middle = new EnsembleNode(pipeline, 'middle').addStep(service('a'), { name: 'a' });
        new SwitchNode(pipeline, 'root')
          .when(Condition.numberGreaterThan('instances.0.data', 0.9), service('upper'))
          .when(Condition.numberLessThanEquals('instances.0.data', 0.5), service('lower'))
          .when(Condition.numberBetween('instances.0.data', 0.5, 0.9), middle);
      },
      [
        // a node that the documentation's graph lacks
        "+ spec.nodes.middle.routerType 'Ensemble'",
        "+ spec.nodes.middle.steps.0.name 'a'",
        "+ spec.nodes.middle.steps.0.serviceName 'a'",
        // what the documentation's '&&' was meant to say
        "+ spec.nodes.root.steps.2.condition '[@this].#(instances.0.data>=0.5)#|#(instances.0.data<=0.9)'",
        "- spec.nodes.root.steps.2.condition '[@this].#(instances.0.data>0.5 && instances.0.data<=0.9)'",
      ],
    ],
    [
      '021-docs-website-overview-ensemble',
      (pipeline) => new EnsembleNode(pipeline, 'root')
        .addStep(service('model-a'), { name: 'model_a' })
        .addStep(service('model-b'), { name: 'model_b' })
        .addStep(service('model-c'), { name: 'model_c' }),
      [],
    ],
    [
      '022-docs-website-overview-splitter',
      (pipeline) => new SplitterNode(pipeline, 'root')
        .split(50, service('model-a'), { name: 'target_a' })
        .split(30, service('model-b'), { name: 'target_b' })
        .split(20, service('model-c'), { name: 'target_c' }),
      [],
    ],
    [
      '023-docs-website-overview-combined-nodes',
      (pipeline) => {
        const choose = new SplitterNode(pipeline, 'choose').split(100, service('a'));
        const parallel = new EnsembleNode(pipeline, 'parallel').addStep(service('b'));
        new SequenceNode(pipeline, 'root').addStep(choose, { name: 'split' }).addStep(parallel, { name: 'ensemble' });
      },
      [
        // the documentation has placeholders here
        "- spec.nodes.choose.steps.0 '...'",
        "+ spec.nodes.choose.steps.0.serviceName 'a'",
        '+ spec.nodes.choose.steps.0.weight 100',
        "- spec.nodes.parallel.steps.0 '...'",
        "+ spec.nodes.parallel.steps.0.serviceName 'b'",
      ],
    ],
  ])('%s, node for node', (file, build, expected) => {
    const pipeline = graph();
    build(pipeline);
    const [{ spec: ours }] = manifests(pipeline);
    const [{ spec: theirs }] = corpus(file) as [{ spec: unknown }];
    expect(differences({ spec: ours }, { spec: theirs })).toEqual(expected);
  });
});

/** The objects that an example writes. */
function example(name: string): object[] {
  return Object.values(outputOf(name)).flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()));
}

/** The objects of a file of the corpus. */
function corpus(file: string): object[] {
  return parseAllDocuments(fs.readFileSync(sharedFile('corpus', 'graphs', `${file}.yaml`)!, 'utf8')).map((document) => document.toJS());
}

/** What only ours (+) and only theirs (-) says, by path. */
function differences(ours: unknown, theirs: unknown): string[] {
  const leaves = (value: unknown, path: string[] = []): [string, unknown][] => typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key]))
    : [[path.join('.'), value]];
  const [a, b] = [new Map(leaves(ours)), new Map(leaves(theirs))];
  const show = (sign: string, path: string, value: unknown) => `${sign} ${path} ${typeof value === 'string' ? `'${value}'` : value}`;
  return [...new Set([...a.keys(), ...b.keys()])].sort().filter((path) => a.get(path) !== b.get(path)).flatMap((path) => [
    ...a.has(path) ? [show('+', path, a.get(path))] : [],
    ...b.has(path) ? [show('-', path, b.get(path))] : [],
  ]);
}
