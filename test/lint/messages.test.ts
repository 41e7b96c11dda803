import { formatDiagnostic, formatPath } from '../../src/lint/diagnostic';
import { annotated, graph, inMode, named, node, sequence } from '../../src/lint/examples';
import { KnownService } from '../../src/lint/known-service';
import { lintGraph } from '../../src/lint/lint';
import { named as serviceNamed, sklearn } from '../../src/lint/service/examples';
import { Severity } from '../../src/lint/severity';

const a = { serviceName: 'a' };

/** What the linter says, a finding a line, with its place. */
function lint(document: unknown): string[] {
  return lintGraph(document, { deploymentMode: 'Knative' }).map((found) => `${formatPath(found.path)}: ${formatDiagnostic(found)}`);
}

test('a good graph has no finding', () => {
  expect(lint(sequence(a))).toEqual([]);
});

test.each([null, undefined, 7, 'text', [], [1]])('%j is no graph', (document) => {
  expect(lint(document)).toContain(
    `: the document must be a map of fields, got ${document === 'text' ? "'text'" : JSON.stringify(document)}: give a map of fields  (invalid-value)`,
  );
});

test('an empty document lacks all that makes it a graph', () => {
  expect(lint({})).toEqual([
    ": the document has no 'apiVersion': add it; it must be 'serving.kserve.io/v1alpha1'  (missing-field)",
    ": the document has no 'kind': add it; it must be 'InferenceGraph'  (missing-field)",
    "metadata.name: the graph's name must be lower-case letters, digits and '-', begin with a letter and not end with '-', got '': name it 'my-graph'  (graph-name)",
    "spec.nodes: graph '' has no node named 'root', got no nodes at all: name the node that every request starts at 'root'  (no-root-node)",
  ]);
});

test('every wrong value is told, with where it stands and what is wanted', () => {
  expect(lintGraph({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceGraph',
    metadata: { name: 'g', labels: { tier: 1 }, lables: {} },
    spec: {
      nodes: { root: { routerType: 'Seq', steps: [{ serviceName: 3, weight: 1.5, dependency: 'soft', mapPredictionsToInstances: 'yes' }, '...'] } },
      resources: { limits: { cpu: 1.5, memory: 'much' } },
      minReplicas: 2 ** 40,
      nodeSelector: ['gpu'],
      tolerations: {},
      routerTimeouts: { serverRead: 0.5 },
    },
  }).filter(({ severity }) => severity !== Severity.INFO).map(formatDiagnostic)).toEqual([
    "apiVersion must be 'serving.kserve.io/v1alpha1', got 'serving.kserve.io/v1beta1': write it so  (invalid-value)",
    'metadata.labels.tier must be a text, got 1: give a text  (invalid-value)',
    "spec.nodes.root.routerType must be 'Sequence', 'Splitter', 'Ensemble' or 'Switch', got 'Seq': write one of them  (invalid-value)",
    'spec.nodes.root.steps[0].serviceName must be a text, got 3: give a text  (invalid-value)',
    'spec.nodes.root.steps[0].weight must be a whole number, got 1.5: write it without a fraction  (invalid-value)',
    "spec.nodes.root.steps[0].dependency must be 'Soft' or 'Hard', got 'soft': did you mean 'Soft'?  (invalid-value)",
    "spec.nodes.root.steps[0].mapPredictionsToInstances must be true or false, got 'yes': give true or false  (invalid-value)",
    "spec.nodes.root.steps[1] must be a map of fields, got '...': give a map of fields  (invalid-value)",
    "spec.resources.limits.cpu must be a quantity, got 1.5: write it as Kubernetes does: '100m', '2', '256Mi', '1Gi'  (invalid-value)",
    "spec.resources.limits.memory must be a quantity, got 'much': write it as Kubernetes does: '100m', '2', '256Mi', '1Gi'  (invalid-value)",
    'spec.minReplicas must be a whole number from -2147483648 to 2147483647, got 1099511627776: give such a number  (invalid-value)',
    'spec.tolerations must be a list, got {}: give a list  (invalid-value)',
    'spec.nodeSelector must be a map, got ["gpu"]: give a map  (invalid-value)',
    'spec.routerTimeouts.serverRead must be a whole number of seconds, got 0.5: round it to whole seconds  (invalid-value)',
    "metadata has an unknown field 'lables': did you mean 'labels'?  (unknown-field)",
  ]);
});

test('null under a known key is as if the key were not there; in a list, or under an unknown key, it is not', () => {
  const document = JSON.parse(JSON.stringify(graph({ root: { routerType: 'Sequence', steps: [a] } }))) as any;
  document.spec.timeout = null;
  document.spec.nodes.other = null;
  document.spec.nodes.root.steps[0].weight = null;
  expect(lint(document)).toEqual([]);

  document.spec.nodes.root.steps.push(null);
  document.spec.timeuot = null;
  expect(lint(document)).toEqual([
    'spec.nodes.root.steps[1]: spec.nodes.root.steps[1] must be a map of fields, got null: give a map of fields  (invalid-value)',
    "spec.timeuot: spec has an unknown field 'timeuot': did you mean 'timeout'?  (unknown-field)",
  ]);
});

test('a value under the key __proto__ is checked as any other', () => {
  const document = JSON.parse('{"apiVersion":"serving.kserve.io/v1alpha1","kind":"InferenceGraph","metadata":{"name":"g"},'
    + '"spec":{"nodes":{"root":{"routerType":"Sequence","steps":[{"serviceName":"a"}]},"__proto__":1}}}');
  expect(lint(document)).toEqual([
    'spec.nodes.__proto__: spec.nodes.__proto__ must be a map of fields, got 1: give a map of fields  (invalid-value)',
    "spec.nodes.__proto__: node '__proto__' is never reached from 'root': add a step that calls it, or remove the node  (unreachable-node)",
  ]);
});

test('a name that the API server generates is judged with its suffix', () => {
  const generated = (generateName: string) => ({ ...graph({ root: { routerType: 'Sequence', steps: [a] } }), metadata: { generateName } });
  expect(lint(generated('g-'))).toEqual([]);
  expect(lint(generated('G-')).map((line) => line.split('(')[1])).toEqual(['graph-name)']);
});

test("a quantity's exponent is a whole number: the CRD lets more pass, KServe's webhook does not", () => {
  const withCpu = (cpu: string) => lint(graph({ root: { routerType: 'Sequence', steps: [a] } }, { resources: { limits: { cpu } } }));
  expect(['1e3', '1E', '.5', '+1.'].flatMap(withCpu)).toEqual([]);
  expect(withCpu('1e1.5')).toEqual([
    "spec.resources.limits.cpu: spec.resources.limits.cpu must be a quantity, got '1e1.5': write it as Kubernetes does: '100m', '2', '256Mi', '1Gi'  (invalid-value)",
  ]);
});

test('a missing field is told with what it must be', () => {
  expect(lint(graph({ root: { steps: [a] } as never }))).toEqual([
    "spec.nodes.root: spec.nodes.root has no 'routerType': add it; it must be 'Sequence', 'Splitter', 'Ensemble' or 'Switch'  (missing-field)",
  ]);
});

test.each([
  [{ serviceURL: 'http://a/', serviceName: 'a' }, "has an unknown field 'serviceURL': did you mean 'serviceUrl'?"],
  [{ nodename: 'x', serviceName: 'a' }, "has an unknown field 'nodename': did you mean 'nodeName'?"],
  [{ service: 'a', serviceName: 'a' }, "has an unknown field 'service': did you mean 'serviceName'?"],
  [
    { banana: 1, serviceName: 'a' },
    "has an unknown field 'banana': remove it; KServe knows name, nodeName, serviceName, serviceUrl, data, weight, condition, dependency or mapPredictionsToInstances here",
  ],
])('the unknown field of %j is answered with the nearest known one', (step, said) => {
  expect(lint(sequence(step as never)).map((line) => line.replace('spec.nodes.root.steps[0] ', ''))).toEqual([
    expect.stringContaining(said),
  ]);
});

test('the old name of steps is known', () => {
  expect(lint(graph({ root: { routerType: 'Ensemble', routes: [a] } as never }))).toEqual([
    "spec.nodes.root.routes: spec.nodes.root has an unknown field 'routes': did you mean 'steps'?  (unknown-field)",
  ]);
});

test('steps under another word are told once', () => {
  expect(['Steps', 'step', 'routes'].map((word) => lint(graph({ root: { routerType: 'Sequence', [word]: [a] } as never })))).toEqual(
    ['Steps', 'step', 'routes'].map((word) => [`spec.nodes.root.${word}: spec.nodes.root has an unknown field '${word}': did you mean 'steps'?  (unknown-field)`]),
  );
});

test('a circle is told once, with its path, wherever it hangs', () => {
  expect(lint(graph({
    root: node('Sequence', { nodeName: 'x' }),
    x: node('Sequence', { nodeName: 'y' }, { nodeName: 'z' }),
    y: node('Sequence', { nodeName: 'z' }),
    z: node('Sequence', { nodeName: 'y' }, { nodeName: 'z' }),
  }))).toEqual([
    'spec.nodes.y: y → z → y is a circle of nodes that never ends: let one of them call a service instead  (node-cycle)',
  ]);
});

test('a node that calls itself is a circle', () => {
  expect(lint(sequence({ nodeName: 'root' }))).toEqual([
    'spec.nodes.root: root → root is a circle of nodes that never ends: let one of them call a service instead  (node-cycle)',
  ]);
});

test('a node that does not exist is answered with the nearest one', () => {
  expect(lint(graph({ root: node('Sequence', { nodeName: 'chose' }, { nodeName: 'choose' }), choose: node('Sequence', { name: 'x', ...a }) }))).toEqual([
    "spec.nodes.root.steps[0].nodeName: steps[0] of node 'root' calls a node that does not exist, got 'chose': did you mean 'choose'?  (dangling-node)",
  ]);
});

test('a Splitter wants weights, and says what they add up to', () => {
  expect(lint(graph({ root: node('Splitter', { ...a, weight: 33 }, { ...a, weight: 33 }) }))).toEqual([
    "spec.nodes.root: the weights of Splitter 'root' must add up to 100, got 33 + 33 = 66: they are percent of the requests  (splitter-weights)",
  ]);
  expect(lint(graph({ root: node('Splitter', { name: 'x', ...a }, { ...a, weight: 100 }) }))).toEqual([
    "spec.nodes.root.steps[0]: step 'x' of node 'root' has no weight: give the percentage of requests that goes to it  (splitter-weights)",
  ]);
  expect(lint(graph({ root: node('Splitter') }))).toEqual([
    "spec.nodes.root: the weights of Splitter 'root' must add up to 100, got no steps: they are percent of the requests  (splitter-weights)",
  ]);
});

describe('the length of a name', () => {
  const toldIn = (mode: string | undefined, length: number, namespace?: string) => {
    const manifest = named('n'.repeat(length), sequence(a), namespace);
    const annotations = mode === undefined ? {} : { 'serving.kserve.io/deploymentMode': mode };
    const document = { ...manifest, metadata: { ...manifest.metadata, annotations } };
    return lintGraph(document).filter(({ severity }) => severity !== Severity.INFO).map((found) => `${formatPath(found.path)}: ${formatDiagnostic(found)}`);
  };

  test.each([
    ['Standard', 58, undefined],
    ['RawDeployment', 58, undefined],
    ['Standard', 53, 'namespace'],
    ['Knative', 63, 'namespace'],
    ['Serverless', 63, undefined],
    [undefined, 58, 'four'],
  ])('%s has room for %d characters in namespace %s', (mode, length, namespace) => {
    expect(toldIn(mode, length, namespace)).toEqual([]);
  });

  test.each([
    ['Standard', 59, undefined, "metadata.name: the graph's name must be at most 58 characters long in Standard mode, got 59: shorten it  (name-too-long)"],
    [
      'RawDeployment', 54, 'namespace',
      `metadata.name: '${'n'.repeat(54)}-namespace' must be at most 63 characters long in Standard mode, got 64: shorten the graph's name or the namespace's  (name-too-long)`,
    ],
    ['Knative', 64, undefined, "metadata.name: the graph's name must be at most 63 characters long, got 64: shorten it  (name-too-long)"],
    [undefined, 64, undefined, "metadata.name: the graph's name must be at most 63 characters long, got 64: shorten it  (name-too-long)"],
    [undefined, 60, undefined, "metadata.name: the graph's name must be at most 58 characters long in Standard mode, got 60: shorten it  (name-too-long-for-standard)"],
  ])('%s has no room for %d characters in namespace %s', (mode, length, namespace, said) => {
    expect(toldIn(mode, length, namespace)).toEqual([said]);
  });
});

test.each([
  ['Knative', 'autoscaling.knative.dev/min-scale', '2', 'KServe overwrites min-scale with minReplicas, or 1', 'write minReplicas'],
  ['Knative', 'autoscaling.knative.dev/max-scale', '9', 'KServe overwrites max-scale with maxReplicas', 'keep one of them'],
  ['Knative', 'autoscaling.knative.dev/initial-scale', 'two', 'KServe drops an initial scale that is no whole number', 'write the number of pods'],
  ['Knative', 'serving.kserve.io/autoscalerClass', 'hpa', 'the autoscaler class is one of Standard mode', 'write autoscaling.knative.dev/class'],
  ['Standard', 'autoscaling.knative.dev/target', '9', 'an annotation of Knative does nothing in Standard mode', 'write minReplicas, maxReplicas, scaleMetric or scaleTarget'],
  ['Standard', 'serving.kserve.io/targetUtilizationPercentage', '60', 'nothing reads the target utilization as an annotation', 'write scaleTarget'],
  ['Standard', 'serving.kserve.io/enable-tag-routing', 'true', 'serving.kserve.io/enable-tag-routing is for InferenceServices', 'remove it'],
])('in %s mode the annotation %s has no effect', (mode, key, value, problem, help) => {
  const manifest = annotated({ [key]: value }, inMode(mode, graph({ root: node('Sequence', a) }, { maxReplicas: 3 })));
  expect(lint(manifest)).toEqual([`metadata.annotations["${key}"]: ${problem}, got '${value}': ${help}  (ignored-annotation)`]);
});

test.each([['autoscaling.knative.dev/target', '9'], ['autoscaling.knative.dev/initial-scale', '0'], ['sidecar.istio.io/inject', 'true']])(
  'in Knative mode the annotation %s has one', (key, value) => {
    expect(lint(annotated({ [key]: value }, inMode('Knative', graph({ root: node('Sequence', a) }, { maxReplicas: 3 }))))).toEqual([]);
  },
);

test('KServe stops no graph before 0.16.0', () => {
  const stopped = annotated({ 'serving.kserve.io/stop': 'True' }, inMode('Serverless', sequence(a)));
  expect(lintGraph(stopped, { kserveVersion: '0.15.2' }).map(formatDiagnostic)).toEqual([
    "KServe 0.15.2 does not stop graphs, got 'True': remove the graph, or upgrade to 0.16.0  (ignored-annotation)",
  ]);
  expect(lintGraph(stopped, { kserveVersion: '0.16.0' })).toEqual([]);
});

test('an Ensemble of what can be no JSON object', () => {
  expect(lint(graph({
    root: node('Ensemble', { name: 'x', nodeName: 'nothing' }, { name: 'y', ...a }),
    nothing: node('Sequence'),
  })).filter((line) => !line.includes('(all-soft-ensemble)'))).toEqual([
    'spec.nodes.nothing: node \'nothing\' has no steps, so no request gets through it: add one, or remove the node  (empty-node)',
  ]);
});

test('a branch that no request takes closes no endless circle', () => {
  expect(lint(graph({ root: node('Switch', { nodeName: 'root' }, { ...a, condition: '@this' }) })).filter((line) => line.includes('(node-cycle)'))).toEqual([]);
});

describe('the branches of a Switch that an earlier one leaves nothing for', () => {
  const told = (...conditions: string[]) => lint(graph({ root: node('Switch', ...conditions.map((condition) => ({ ...a, condition })), { ...a, condition: '@this' }) }));

  test('have its condition, or a narrower one', () => {
    expect(told('kind', 'kind', '[@this].#(score>0.5)', 'kind.name', '[@this].#(score>0.9)')).toEqual([
      "spec.nodes.root.steps[1].condition: steps[1] of node 'root' is never taken, since steps[0] of node 'root' has its condition already, got 'kind': "
      + 'remove one of them, or change its condition  (repeated-condition)',
      "spec.nodes.root.steps[3].condition: steps[3] of node 'root' is never taken, since 'kind' of steps[0] of node 'root' holds wherever 'kind.name' does: "
      + 'put the narrower condition first  (repeated-condition)',
      "spec.nodes.root.steps[4].condition: steps[4] of node 'root' is never taken, since '[@this].#(score>0.5)' of steps[2] of node 'root' "
      + "holds wherever '[@this].#(score>0.9)' does: put the narrower condition first  (repeated-condition)",
    ]);
  });

  test('the loosest of several bounds counts', () => {
    expect(told('[@this].#(score>0.5)', '[@this].#(score>0.3)', '[@this].#(score>0.4)').map((line) => line.slice(0, 31))).toEqual(['spec.nodes.root.steps[2].condit']);
  });

  test('go from the narrow to the wide', () => {
    expect(told('[@this].#(score>0.9)', '[@this].#(score>0.5)', '[@this].#(score<0.1)', '[@this].#(score<0.2)')).toEqual([]);
  });
});

test.each([
  ['serving.kserve.io/deploymentmode', 'Standard', 'serving.kserve.io/deploymentMode'],
  ['serving.kserve.io/deployment-mode', 'Standard', 'serving.kserve.io/deploymentMode'],
  ['serving.kserve.io/autoscalerclass', 'none', 'serving.kserve.io/autoscalerClass'],
])('the annotation %s is a slip', (key, value, meant) => {
  expect(lint(annotated({ [key]: value }, inMode('Standard', sequence(a))))).toEqual([
    `metadata.annotations["${key}"]: KServe has no annotation '${key}', got '${value}': did you mean '${meant}'?  (ignored-annotation)`,
  ]);
});

test('no graph is deployed by ModelMesh', () => {
  const manifest = inMode('ModelMesh', sequence(a));
  expect(lintGraph(manifest).map(formatDiagnostic)).toEqual([
    "KServe deploys no graph in this mode, but makes a Knative Service of it, got 'ModelMesh': write 'Standard' or 'Knative'  (unknown-deployment-mode)",
  ]);
  expect(lintGraph(manifest, { kserveVersion: '0.15.2' }).map(formatDiagnostic)).toEqual([
    "KServe deploys no graph in this mode, but makes a Knative Service of it, got 'ModelMesh': write 'RawDeployment' or 'Serverless'  (unknown-deployment-mode)",
  ]);
});

test('what matches no branch is answered with 404 only since 0.11.1', () => {
  const rules = (kserveVersion: string) => lintGraph(inMode('Serverless', graph({ root: node('Switch', { ...a, condition: 'kind' }) })), { kserveVersion }).map(({ rule }) => rule);
  expect([rules('0.11.0'), rules('0.11.2')]).toEqual([['unmatched-request-comes-back'], ['switch-without-default']]);
});

test('a condition that GJSON reads as a name is told with what to write', () => {
  const told = (condition: string) => lint(sequence(a, { ...a, condition })).map((line) => line.replace(/^.*never matches: /s, ''));
  expect(told('predictions\n')).toEqual([
    "the line break is part of the name that GJSON looks for; a block in YAML keeps it, got 'predictions\n': write 'predictions'  (condition-never-matches)",
  ]);
  expect(told('!isDog')).toEqual([
    "GJSON has no 'not': the ! is part of the name that it looks for, got '!isDog': write '[@this].#(isDog==~false)'  (condition-never-matches)",
  ]);
  expect(told('predictions|@length')).toEqual([
    "GJSON has no modifier @length: it looks for a member that is named so, got 'predictions|@length': write one of @pretty, @ugly, @reverse, @this, @flatten, "
    + "@join, @valid, @keys, @values, @tostr, @fromstr, @group, @dig; '#' is the number of elements, and 0 the first of them  (condition-never-matches)",
  ]);
});

describe('timeouts', () => {
  const told = (nodes: Parameters<typeof graph>[0], routerTimeouts: object) => lintGraph(graph(nodes, { routerTimeouts }))
    .filter(({ rule }) => rule.includes('timeout')).map(formatDiagnostic);
  const b = { ...a, name: 'b' };
  const c = { ...a, name: 'c' };

  test('a step has as long as the answer, and no longer', () => {
    expect(told({ root: node('Sequence', a) }, { serviceClient: 60 })).toEqual([]);
    expect(told({ root: node('Sequence', a) }, { serviceClient: 61 })).toEqual([
      'serviceClient must not be above serverWrite (60 by default), got 61 and 60: raise serverWrite, or lower serviceClient  (client-timeout-above-write)',
    ]);
    expect(told({ root: node('Sequence', a) }, { serviceClient: 21, serverWrite: 20 })).toEqual([
      'serviceClient must not be above serverWrite, got 21 and 20: raise serverWrite, or lower serviceClient  (client-timeout-above-write)',
    ]);
  });

  test('the steps of a Sequence take their sum, those of an Ensemble the longest, a node what its steps take', () => {
    const nested = { root: node('Sequence', a, { nodeName: 'vote' }), vote: node('Ensemble', b, { name: 'both', nodeName: 'both' }), both: node('Sequence', a, c) };
    expect(told(nested, { serviceClient: 20 })).toEqual([]);
    expect(told(nested, { serviceClient: 21 })).toEqual([
      'the longest path through the graph takes up to 63 seconds by the timeouts of its steps, and the router cuts it off after 60: '
      + 'write routerTimeouts.serverWrite: 63 or more, or lower the timeouts of the steps  (path-above-write-timeout)',
    ]);
    expect(told({ root: node('Ensemble', a, b, c) }, { serviceClient: 60 })).toEqual([]);
    expect(told({ root: node('Sequence', a, b) }, {})).toEqual([]); // nothing bounds a step
  });

  test('a service takes as long as its transformer, or as its predictor where it has none', () => {
    const toldOf = (timeouts: object) => {
      const service = serviceNamed('a', sklearn());
      const spec = { ...service.spec, predictor: { ...service.spec.predictor, timeout: 40 }, ...timeouts };
      return lintGraph(sequence(a, a), { deploymentMode: 'Knative', services: [new KnownService({ ...service, spec }, 'Knative')] })
        .flatMap(({ rule, message }) => rule === 'path-above-write-timeout' ? /up to (\d+) seconds/.exec(message)![1] : []);
    };
    expect(toldOf({})).toEqual(['80']);
    expect(toldOf({ transformer: { timeout: 50, containers: [{ image: 'adapter:1' }] } })).toEqual(['100']);
    expect(toldOf({ transformer: { timeout: 20, containers: [{ image: 'adapter:1' }] } })).toEqual([]);
    expect(toldOf({ transformer: { containers: [{ image: 'adapter:1' }] } })).toEqual([]); // nothing bounds it
  });
});
