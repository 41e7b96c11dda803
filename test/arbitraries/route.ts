import * as fc from 'fast-check';
import { bodies, jsonTexts } from './json-text';

/** One case for the router: a graph, what its services answer, a request. */
export interface RouteCase {
  readonly graph: { readonly nodes: { [name: string]: NodeCase }; readonly routerTimeouts: { [key: string]: number } };
  readonly stubs: { [url: string]: StubCase[] };
  readonly request: Uint8Array;
  readonly headers: { [name: string]: string[] };
  readonly propagate?: string[];
  readonly draws: number[];
}

export interface NodeCase { readonly routerType: string; readonly steps?: readonly StepCase[] }

export interface StepCase {
  readonly name?: string;
  readonly serviceUrl?: string;
  readonly nodeName?: string;
  readonly data?: string;
  readonly condition?: string;
  readonly dependency?: string;
  readonly weight?: number;
  readonly mapPredictionsToInstances?: boolean;
}

export interface StubCase { readonly status?: number; readonly body?: Uint8Array; readonly fail?: string; readonly delay?: number }

const NODES = ['root', 'a', 'b', 'c'];

/** URLs that answer, and some that Go's client refuses before it calls. */
const URLS = [
  'http://m0', 'http://m1', 'http://m2:8080/v1/models/m2:predict', 'http://m3/v2/models/x/infer?q=1&r=%20', 'https://m4/', 'http://user:pa%3Ass@m5/x', 'http://m6/a b/é#part',
  'http://m7', 'http://m8', 'http://m9',
];
const REFUSED = ['model1', 'http://', 'http://{bad}', 'ftp://m', 'http://m:x/', '://', 'mailto:a', '/path', 'http://m/%zz'];

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const CONDITIONS = [
  'predictions', 'predictions.0', 'instances', 'label', '[@this].#(predictions.0=="dog")', 'predictions.#(label=="dog")', 'instances.#', '@this', 'a', 'a.b', 'b.0',
  'predictions.#(a>1)#', 'predictions.#(>0.5)', '', 'missing', '{a,b}', '[a,b]', 'a\\.b', '*', 'predictions.#.label', 'a|@reverse', '..0', '!"literal"',
];

/** Wild graphs fail in every way; tame ones mostly come to an answer. */
const steps = (deeper: string[], wild: boolean): fc.Arbitrary<StepCase> => fc.record({
  name: optional(fc.constantFrom('x', 'y', 'z', '1', 'ü<', '')),
  target: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...URLS).map((serviceUrl) => ({ serviceUrl })) },
    { weight: wild ? 1 : 0, arbitrary: fc.constantFrom(...REFUSED).map((serviceUrl) => ({ serviceUrl })) },
    { weight: deeper.length === 0 ? 0 : 8, arbitrary: fc.nat().map((n) => ({ nodeName: deeper[n % deeper.length] })) },
    { weight: wild ? 1 : 0, arbitrary: fc.constantFrom('nowhere', 'constructor', '__proto__').map((nodeName) => ({ nodeName })) },
  ),
  data: optional(fc.constantFrom('$response', '$response', '$request', '$response.predictions', '')),
  condition: optional(fc.constantFrom(...CONDITIONS, ...(wild ? [] : ['@this', '@this', 'predictions', 'predictions']))),
  dependency: optional(fc.constantFrom('Hard', 'Soft')),
  weight: fc.oneof({ weight: 40, arbitrary: fc.integer({ min: 0, max: 60 }) }, { weight: 1, arbitrary: fc.constantFrom(undefined, -10, 100) }),
  mapPredictionsToInstances: optional(fc.boolean()),
}).map(({ target, ...step }) => withoutUndefined({ ...target, ...step }));

const nodes = (index: number, wild: boolean): fc.Arbitrary<NodeCase> => fc.record({
  routerType: fc.oneof({ weight: 30, arbitrary: fc.constantFrom('Sequence', 'Sequence', 'Switch', 'Ensemble', 'Splitter') }, { weight: wild ? 1 : 0, arbitrary: fc.constantFrom('', 'Other') }),
  steps: fc.oneof(
    { weight: 20, arbitrary: fc.array(steps(NODES.slice(index + 1), wild), { minLength: 1, maxLength: 4 }) },
    { weight: wild ? 1 : 0, arbitrary: fc.constantFrom(undefined, []) },
  ),
}).map((node) => withoutUndefined(wild ? node : tamed(node)));

const models: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.array(jsonTexts, { maxLength: 3 }).map((items) => `{"predictions":[${items.join(',')}]}`),
  fc.constantFrom('{"predictions":["dog"]}', '{"predictions":["cat"]}', '{"predictions":[{"label":"dog","a":2}]}', '{"error":"no"}', '{"a":{"b":null},"b":[1]}'),
).map((json) => Uint8Array.from(Buffer.from(json)));

const anyBody = (wild: boolean) => fc.oneof({ weight: wild ? 3 : 30, arbitrary: models }, { weight: 2, arbitrary: bodies });

const stubs = (wild: boolean): fc.Arbitrary<StubCase> => fc.oneof(
  {
    weight: wild ? 8 : 40,
    arbitrary: fc.record({
      status: fc.constantFrom(200, 200, 200, 200, 201, 204, 299, 302, 304, 400, 404, 500, 503),
      body: anyBody(wild),
      delay: fc.constantFrom(0, 0, 0, 0, 1, 5, 900, 2000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ fail: fc.constantFrom('dial tcp: connect: connection refused', 'EOF', 'a "quoted" <text> & ü'), delay: fc.constantFrom(0, 0, 3) }) },
);

const HEADERS = ['x-trace-id', 'X-Trace-Id', 'authorization', 'Content-Type', 'content-type', 'x_odd', 'Cookie', 'X-b3-SampleD', 'accept'];
const PATTERNS = ['', '.*', 'X-', '^X-Trace', 'Auth', 'auth', 'Content-Type', '*bad', 'Trace-Id$', 'B3', '[a-z]{3}', '(?i)cookie', 'x|y', '(', '[^A-Z]_'];

/** Cases of every kind. */
export const routeCases: fc.Arbitrary<RouteCase> = fc.oneof({ weight: 1, arbitrary: cases(true) }, { weight: 2, arbitrary: cases(false) });

function cases(wild: boolean): fc.Arbitrary<RouteCase> {
  return fc.record({
    nodes: fc.tuple(...NODES.map((_, index) => nodes(index, wild))).map((all) => Object.fromEntries(NODES.map((name, i) => [name, all[i]]))),
    serviceClient: fc.constantFrom(undefined, undefined, 1, 0),
    stubs: fc.tuple(...URLS.map(() => fc.array(stubs(wild), { minLength: 1, maxLength: 2 }))),
    request: anyBody(wild),
    headers: fc.dictionary(fc.constantFrom(...HEADERS), fc.array(fc.constantFrom('1', 'a b', '', 'text/plain'), { minLength: 1, maxLength: 2 }), { maxKeys: 4 })
      .map(withoutRepeats),
    propagate: optional(fc.array(fc.constantFrom(...PATTERNS), { minLength: 1, maxLength: 3 })),
    draws: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 4 }),
  }).map(({ nodes: all, serviceClient, stubs: lists, ...rest }) => {
    const routerTimeouts: { [key: string]: number } = { serverWrite: 100_000, ...(serviceClient === undefined ? {} : { serviceClient }) };
    // which of two parallel calls gets the first answer, or the first draw, is chance
    const graph = { nodes: all, routerTimeouts };
    const once = isParallel({ graph });
    const answers = lists.map((list) => (once ? list.slice(0, 1) : list));
    return {
      ...rest,
      draws: once ? rest.draws.slice(0, 1) : rest.draws,
      graph,
      stubs: Object.fromEntries(URLS.map((url, i) => [url, answers[i]])),
    };
  });
}

export function isParallel({ graph }: Pick<RouteCase, 'graph'>): boolean {
  return Object.values(graph.nodes).some(({ routerType }) => routerType === 'Ensemble');
}

/** No condition where there is nothing to test, and a branch for every request. */
function tamed({ routerType, steps: list = [] }: NodeCase): NodeCase {
  const last = list.length - 1;
  if (routerType === 'Sequence') return { routerType, steps: list.map((step, i) => (i === 0 ? withoutUndefined({ ...step, condition: undefined }) : step)) };
  if (routerType === 'Switch') return { routerType, steps: list.map((step, i) => (i === last ? { ...step, condition: '@this' } : step)) };
  if (routerType === 'Splitter') return { routerType, steps: list.map((step, i) => (i === last ? { ...step, weight: 100 } : step)) };
  return { routerType, steps: list };
}

/** The oracle takes headers as a map: two spellings of one name would come in either order. */
function withoutRepeats(headers: { [name: string]: string[] }): { [name: string]: string[] } {
  const bySpelling = new Map(Object.entries(headers).map(([name, values]) => [name.toLowerCase(), [name, values] as const]));
  return Object.fromEntries(bySpelling.values());
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}
