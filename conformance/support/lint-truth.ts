import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import { bodyFrom, documentOf, graphFrom, randomFrom } from '../../test/arbitraries/graph-with-mistakes';
import type { MistakenGraph, Random } from '../../test/arbitraries/graph-with-mistakes';
import { ask, base64 } from '../client/oracle';
import type { AdmitAnswer, Died, Panicked, Refused, RouteAnswer, RouteQuestion, Stub } from '../client/oracle';

/** What became of a graph in KServe, as far as all requests and answers that were tried tell. */
export interface Truth {
  readonly graph: MistakenGraph;
  readonly document: InferenceGraphManifest;
  /** Whether CRD schema, strict field validation and webhook all accept it. */
  readonly admitted: boolean;
  /** Whether some request got an answer with a status from 200 to 299. */
  readonly succeeded: boolean;
  /** Whether some request ended the router or its connection. */
  readonly crashed: boolean;
  /** The steps that were never taken, or whose target never called anything, as `node/index`. */
  readonly unreached: readonly string[];
}

type Answer = RouteAnswer & Panicked & Refused & Died;

/**
 * Makes graphs and asks the real admission and the real router about them.
 *
 * Each graph is run; one that some step of is not reached in, more often; and one that the linter does not tell all of, most often.
 */
export async function truths(
  seed: number, count: number, [runs, more, most]: readonly number[], isTold: (truth: Truth) => boolean,
): Promise<Truth[]> {
  const random = randomFrom(seed);
  const graphs = Array.from({ length: count }, (_, i) => {
    const graph = graphFrom(random, i % 2 === 1);
    return { graph, document: documentOf(graph, random(2) === 0), random: randomFrom(random(2 ** 31)), asked: 0 };
  });
  const admissions = await ask<AdmitAnswer>('oracle', graphs.map(({ document }) => ({ ask: 'admit', object: document })));
  const observed = graphs.map(() => ({ succeeded: false, crashed: false, called: new Set<string>() }));
  const run = async (chosen: readonly number[], times: number) => {
    // in parts, so that neither questions nor answers of all graphs are held at once
    for (let start = 0; start < chosen.length; start += 1000) {
      const part = chosen.slice(start, start + 1000);
      const questions = part.flatMap((i) => Array.from({ length: times }, () => questionFrom(graphs[i].graph, graphs[i].random, graphs[i].asked++)));
      const answers = await ask<Answer>('router', questions);
      part.forEach((i, at) => answers.slice(at * times, (at + 1) * times).forEach((answer) => {
        observed[i].crashed ||= answer.panic !== undefined || answer.died !== undefined;
        observed[i].succeeded ||= answer.status >= 200 && answer.status < 300;
        answer.calls?.forEach(({ url }) => observed[i].called.add(url));
      }));
    }
  };
  const admitted = graphs.flatMap((_, i) => isAdmitted(admissions[i]) ? [i] : []);
  await run(admitted, 2);
  await run(admitted.filter((i) => !observed[i].crashed), runs - 2);
  const state = (i: number) => ({ unreached: unreachedIn(graphs[i].graph, observed[i].called), ...observed[i] });
  const truth = (i: number): Truth => ({ graph: graphs[i].graph, document: graphs[i].document, admitted: isAdmitted(admissions[i]), ...state(i) });
  const inDoubt = () => admitted.filter((i) => !observed[i].crashed && (!observed[i].succeeded || state(i).unreached.length > 0));
  await run(inDoubt(), more);
  await run(inDoubt().filter((i) => !isTold(truth(i))), most);
  return graphs.map((_, i) => truth(i));
}

function isAdmitted({ schema, unknown, webhook }: AdmitAnswer): boolean {
  return schema.length === 0 && unknown.length === 0 && webhook === '';
}

/** The first run of a graph has only good answers with every field, the second only empty ones, the others some of all. */
function questionFrom(graph: MistakenGraph, random: Random, run: number): RouteQuestion {
  const { nodes } = graph;
  const full = '{"predictions":["dog"],"label":"spam","score":0.9,"instances":[1],"detail":{"kind":"x"}}';
  const body = () => run === 0 ? full : run === 1 ? '{}' : bodyFrom(random);
  const stub = (): Stub => {
    const bad = run > 1 && random(12) === 0;
    return bad && random(3) === 0 ? { fail: 'connection refused' } : { status: bad ? 503 : 200, body: base64(body()) };
  };
  const urls = Object.values(nodes).flatMap(({ steps }) => steps.flatMap(({ serviceUrl }) => serviceUrl ?? []));
  const starts = [0, ...Object.values(nodes).filter(({ routerType }) => routerType === 'Splitter').flatMap(({ steps }) => {
    let sum = 0;
    return steps.map(({ weight = 0 }) => (sum += weight));
  })].filter((start) => start >= 0 && start < 100);
  const announced = announcing(graph);
  return {
    ask: 'route',
    graph: { nodes: announced.nodes },
    stubs: Object.fromEntries([...urls.map((url) => [url, [stub(), stub()]]), ...announced.urls.map((url) => [url, [{ status: 200, body: '' }]])]),
    request: base64(body()),
    // where a step's share begins, so that small shares are drawn as often as large ones
    draws: Array.from({ length: 8 }, () => starts[random(starts.length)]),
  };
}

/** Where a step that calls a node is announced. */
const announcement = (node: string, step: number) => `http://taken/${node}/${step}`;

/**
 * The same graph, in which each step that calls a node makes a call of its own before: it calls a Sequence of that call and the node, which
 * gives the node what the step was given and answers what the node answers. So calls tell of every step whether it is taken.
 */
function announcing({ nodes }: MistakenGraph): { nodes: MistakenGraph['nodes']; urls: string[] } {
  const announced: MistakenGraph['nodes'] = {};
  const urls: string[] = [];
  for (const [name, { routerType, steps }] of Object.entries(nodes)) {
    const through = steps.map((step, i) => {
      if (step.nodeName === undefined) {
        return step;
      }
      const url = announcement(name, i);
      urls.push(url);
      announced[url] = { routerType: 'Sequence', steps: [{ serviceUrl: url }, { nodeName: step.nodeName }] };
      return { ...step, nodeName: url };
    });
    announced[name] = { routerType, steps: through };
  }
  return { nodes: announced, urls };
}

/** A step that calls a node is reached where it is taken and the node is one that answers: by calls, or without any steps. */
function unreachedIn({ nodes }: MistakenGraph, called: ReadonlySet<string>): string[] {
  const reached = (name: string, i: number, seen: readonly string[]): boolean => {
    const { serviceUrl, nodeName } = nodes[name].steps[i];
    if (nodeName === undefined) {
      return serviceUrl !== undefined && called.has(serviceUrl);
    }
    return called.has(announcement(name, i)) && Object.hasOwn(nodes, nodeName) && (seen.includes(nodeName) || answers(nodeName, [...seen, nodeName]));
  };
  const answers = (name: string, seen: readonly string[]): boolean => {
    const { routerType, steps } = nodes[name];
    // a Switch without steps fails every request
    return steps.length === 0 ? routerType === 'Ensemble' : steps.some((_, i) => reached(name, i, seen));
  };
  const all = Object.values(nodes).flatMap(({ steps }) => steps);
  const isCalled = (name: string) => name === 'root' || all.some(({ nodeName }) => nodeName === name);
  return Object.entries(nodes).flatMap(([name, { steps }]) => steps.length === 0 && !isCalled(name) ? [`${name}/0`]
    : steps.flatMap((_, i) => reached(name, i, [name]) ? [] : [`${name}/${i}`]));
}
