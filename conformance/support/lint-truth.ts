import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import { bodyFrom, documentOf, graphFrom, randomFrom } from '../../test/arbitraries/graph-with-mistakes';
import type { MistakenGraph, Random, Step } from '../../test/arbitraries/graph-with-mistakes';
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
  /** The steps whose target was never called, as `node/index`. */
  readonly unreached: readonly string[];
  /** The steps of which calls do not tell whether they are taken, as `node/index`. */
  readonly unseen: readonly string[];
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
  const state = (i: number) => ({ unreached: unreachedIn(graphs[i].graph, observed[i].called), unseen: unseenIn(graphs[i].graph), ...observed[i] });
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
function questionFrom({ nodes }: MistakenGraph, random: Random, run: number): RouteQuestion {
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
  return {
    ask: 'route',
    graph: { nodes },
    stubs: Object.fromEntries(urls.map((url) => [url, [stub(), stub()]])),
    request: base64(body()),
    // where a step's share begins, so that small shares are drawn as often as large ones
    draws: Array.from({ length: 8 }, () => starts[random(starts.length)]),
  };
}

/** A step that calls a node is reached where the node's first call or one of its others was made. */
function unreachedIn({ nodes }: MistakenGraph, called: ReadonlySet<string>): string[] {
  const reached = ({ serviceUrl, nodeName }: Step, seen: readonly string[] = []): boolean => {
    if (serviceUrl !== undefined) {
      return called.has(serviceUrl);
    }
    if (nodeName === undefined || !Object.hasOwn(nodes, nodeName) || seen.includes(nodeName)) {
      return false;
    }
    const { routerType, steps } = nodes[nodeName];
    // a Switch without steps fails every request
    return (steps.length === 0 && routerType === 'Ensemble') || steps.some((step) => reached(step, [...seen, nodeName]));
  };
  const all = Object.values(nodes).flatMap(({ steps }) => steps);
  const isCalled = (name: string) => name === 'root' || all.some(({ nodeName }) => nodeName === name);
  return Object.entries(nodes).flatMap(([name, { steps }]) => steps.length === 0 && !isCalled(name) ? [`${name}/0`] : steps.flatMap((step, i) => reached(step) ? [] : [`${name}/${i}`]));
}

/** A step shows itself by a call of its own: not where its node is called by others too, comes back to where the step stands, or calls nothing. */
function unseenIn({ nodes }: MistakenGraph): string[] {
  const all = Object.values(nodes).flatMap(({ steps }) => steps);
  const below = (name: string, seen: readonly string[]): readonly string[] => seen.includes(name) || !Object.hasOwn(nodes, name) ? seen
    : nodes[name].steps.reduce<readonly string[]>((known, { nodeName }) => nodeName === undefined ? known : below(nodeName, known), [...seen, name]);
  return Object.entries(nodes).flatMap(([name, { steps }]) => steps.flatMap(({ nodeName }, i) => {
    if (nodeName === undefined) {
      return [];
    }
    const reachable = below(nodeName, []);
    const isShared = all.filter((step) => step.nodeName === nodeName).length > 1;
    const callsNothing = !reachable.some((callee) => nodes[callee].steps.some(({ serviceUrl }) => serviceUrl !== undefined));
    return isShared || reachable.includes(name) || callsNothing ? [`${name}/${i}`] : [];
  }));
}
