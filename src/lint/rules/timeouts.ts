import { isBelow } from '../../spec/versions';
import { graph, node } from '../examples';
import type { GraphModel, NodeModel, StepModel } from '../model';
import { at } from '../rule';
import type { Rule } from '../rule';
import { Severity } from '../severity';

const ROUTER = 'cmd/router/main.go, v0.16.0 to v0.20.0';

/** What the router waits for an answer to be written where the graph does not say (pkg/constants/constants.go, v0.16.0 to v0.20.0; before, in cmd/router/main.go). */
const SERVER_WRITE = 60;

const single = { root: node('Sequence', { serviceName: 'a' }) };
const chain = { root: node('Sequence', { serviceName: 'a' }, { serviceName: 'b' }, { serviceName: 'c' }) };

const timeoutIgnored: Rule = {
  id: 'timeout-ignored',
  severity: Severity.WARNING,
  title: 'the timeout of Knative in Standard mode',
  why: "It becomes the timeout of Knative's revision. In Standard mode nothing reads it; the router cuts an answer off after routerTimeouts.serverWrite, 60 seconds by default.",
  source: 'pkg/controller/v1alpha1/inferencegraph/raw_ig.go, v0.12.0 to v0.20.0',
  mode: 'Standard',
  fails: graph(single, { timeout: 300 }),
  mended: graph(single, { routerTimeouts: { serverWrite: 300 } }),
  check: ({ spec: { timeout } }, report) => {
    if (timeout !== undefined) {
      report(at('spec', 'timeout'), `Standard mode ignores the timeout, got ${timeout}`, `write routerTimeouts.serverWrite: ${timeout}`);
    }
  },
};

const clientAboveWrite: Rule = {
  id: 'client-timeout-above-write',
  severity: Severity.WARNING,
  title: 'a step may take longer than the whole answer',
  why: 'The router waits serviceClient for each step, but drops the connection to its client after serverWrite: the step goes on, and nobody hears of it.',
  source: ROUTER,
  from: '0.16.0',
  fails: graph(single, { routerTimeouts: { serviceClient: 120 } }),
  mended: graph(single, { routerTimeouts: { serviceClient: 120, serverWrite: 150 } }),
  check: ({ spec: { routerTimeouts: { serviceClient = 0, serverWrite } } }, report) => {
    const write = serverWrite ?? SERVER_WRITE;
    if (write > 0 && serviceClient > write) {
      report(
        at('spec', 'routerTimeouts', 'serviceClient'),
        `serviceClient must not be above serverWrite${serverWrite === undefined ? ` (${SERVER_WRITE} by default)` : ''}, got ${serviceClient} and ${write}`,
        'raise serverWrite, or lower serviceClient',
      );
    }
  },
};

const pathAboveWrite: Rule = {
  id: 'path-above-write-timeout',
  severity: Severity.WARNING,
  title: 'a path through the graph that may take longer than the answer',
  why: 'The steps of a Sequence take their times one after the other, those of an Ensemble the longest of them. '
    + 'After serverWrite (60 seconds by default) the router drops the connection, while each step was still within its own timeout.',
  source: 'cmd/router/main.go, v0.13.0 to v0.20.0',
  from: '0.13.0',
  fails: graph(chain, { routerTimeouts: { serviceClient: 30 } }),
  mended: graph(chain, { routerTimeouts: { serviceClient: 30, serverWrite: 100 } }),
  check: (model, report) => {
    const { serviceClient = 0, serverWrite = SERVER_WRITE } = model.spec.routerTimeouts;
    const longest = model.root === undefined || serverWrite <= 0 ? undefined : longestOf(model, model.root, new Map());
    if (longest !== undefined && longest > serverWrite && serviceClient <= serverWrite) {
      report(
        at('spec', 'routerTimeouts'),
        `the longest path through the graph takes up to ${longest} seconds by the timeouts of its steps, and the router cuts it off after ${serverWrite}`,
        isBelow(model.kserveVersion, '0.16.0') ? 'lower the timeouts of the services, or upgrade to 0.16.0 and write routerTimeouts.serverWrite'
          : `write routerTimeouts.serverWrite: ${longest} or more, or lower the timeouts of the steps`,
      );
    }
  },
};

export const timeoutRules: readonly Rule[] = [timeoutIgnored, clientAboveWrite, pathAboveWrite];

/** Of nodes nested deeper than this, no time is told. */
const DEEPEST = 500;

/** The longest that a node takes, in seconds, as far as timeouts bound it; undefined where they do not. */
function longestOf(model: GraphModel, { name, routerType, steps }: NodeModel, known: Map<string, number | undefined>, depth = 0): number | undefined {
  if (known.has(name) || depth > DEEPEST) {
    return known.get(name);
  }
  known.set(name, undefined);
  const times = steps.map((step) => timeOf(model, step, known, depth + 1));
  const longest = times.some((time) => time === undefined) ? undefined
    : (times as number[]).reduce((sum, time) => routerType === 'Sequence' ? sum + time : Math.max(sum, time), 0);
  known.set(name, longest);
  return longest;
}

function timeOf(model: GraphModel, step: StepModel, known: Map<string, number | undefined>, depth: number): number | undefined {
  const callee = step.nodeName === undefined ? undefined : model.node(step.nodeName);
  if (callee !== undefined) {
    return longestOf(model, callee, known, depth);
  }
  const { serviceClient } = model.spec.routerTimeouts;
  const bounds = [serviceClient, model.serviceOf(step)?.timeout].filter((bound) => bound !== undefined && bound > 0) as number[];
  return bounds.length === 0 ? undefined : Math.min(...bounds);
}
