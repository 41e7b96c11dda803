import { formatDiagnostic, formatPath } from '../../src/lint/diagnostic';
import type { Diagnostic } from '../../src/lint/diagnostic';
import { lintGraph } from '../../src/lint/lint';
import { Severity } from '../../src/lint/severity';
import { truths } from '../support/lint-truth';
import type { Truth } from '../support/lint-truth';

const SEED = Number(process.env.LINT_SEED ?? 20261124);
const GRAPHS = Number(process.env.LINT_GRAPHS ?? 20_000);

/** Runs of each graph, more of one with a step that was not reached, and most where that is no error of ours. */
const RUNS = [30, 300, 5000] as const;

const errorsOf = (document: unknown) => lintGraph(document).filter(({ severity }) => severity === Severity.ERROR);

test(`on ${GRAPHS} graphs (seed ${SEED}) the errors are those of the real KServe`, async () => {
  const all = await truths(SEED, GRAPHS, RUNS, (truth) => isTold(truth, errorsOf(truth.document)));
  const found = all.map((truth) => ({ truth, errors: errorsOf(truth.document) }));

  const bad = found.filter(({ truth }) => !isServedWell(truth));
  const missed = bad.filter(({ truth, errors }) => !isTold(truth, errors));
  const served = found.filter(({ truth }) => isServedWell(truth));
  const falseErrors = served.filter(({ errors }) => errors.length > 0);
  const rules = new Map<string, number>();
  found.forEach(({ errors }) => new Set(errors.map(({ rule }) => rule)).forEach((rule) => rules.set(rule, (rules.get(rule) ?? 0) + 1)));
  process.stdout.write([
    `lint against KServe v0.20.0: ${GRAPHS} graphs, seed ${SEED}, ${RUNS.join(', ')} runs`,
    `${bad.length} fail, are refused or have steps that no request reaches; recall ${percent(bad.length - missed.length, bad.length)}`,
    `${found.length - bad.length} are served well; ${falseErrors.length} of them have an error`,
    `graphs by rule: ${[...rules].sort().map(([rule, count]) => `${rule} ${count}`).join(', ')}`,
    ...missed.map(({ truth, errors }) => `missed: ${told(truth, errors)}`),
    ...falseErrors.map(({ truth, errors }) => `false error: ${told(truth, errors)}`),
    '',
  ].join('\n'));

  expect(falseErrors).toEqual([]);
  expect((bad.length - missed.length) / bad.length).toBeGreaterThanOrEqual(0.99);
}, 3_600_000);

function isServedWell({ admitted, succeeded, crashed, unreached }: Truth): boolean {
  return admitted && succeeded && !crashed && unreached.length === 0;
}

/** Whether errors tell of everything that is wrong: of the whole graph, and of each step that is not reached. */
function isTold({ admitted, succeeded, crashed, unreached, graph: { nodes } }: Truth, errors: readonly Diagnostic[]): boolean {
  if (errors.length === 0 || !admitted || !succeeded || crashed) {
    return errors.length > 0;
  }
  const isAt = (node: string, step?: number) => (
    errors.some(({ path: [, , name, , index] }) => name === node && (index === undefined || index === step))
  );
  // of a step, or of something in the node that it calls
  const isCause = (node: string, step: number, seen: readonly string[] = []): boolean => {
    const called = nodes[node].steps[step].nodeName;
    return isAt(node, step) || (called !== undefined && Object.hasOwn(nodes, called) && !seen.includes(called)
      && (isAt(called) || nodes[called].steps.some((_, i) => isCause(called, i, [...seen, called]))));
  };
  const isTellingOf = (node: string, step: number, seen: readonly string[] = []): boolean => {
    const before = nodes[node].routerType === 'Sequence' ? step : 0;
    const upTo = nodes[node].steps.length === 0 ? [] : [...nodes[node].steps.slice(0, before).keys(), step];
    if (isAt(node, step) || upTo.some((i) => isCause(node, i))) {
      return true;
    }
    // what calls the node is not reached either, and that is told
    const calling = Object.entries(nodes).flatMap(([name, { steps }]) => steps.flatMap(({ nodeName }, i) => nodeName === node ? [{ name, i }] : []));
    return !seen.includes(node) && calling.length > 0 && calling.every(({ name, i }) => isTellingOf(name, i, [...seen, node]));
  };
  return errors.some(({ rule }) => rule === 'node-cycle') || unreached.every((place) => {
    const [node, step] = place.split('/');
    return isTellingOf(node, Number(step));
  });
}

function percent(part: number, whole: number): string {
  return `${(100 * part / whole).toFixed(3)} % (${part} of ${whole})`;
}

function told({ graph, unreached, admitted, succeeded, crashed }: Truth, errors: readonly Diagnostic[]): string {
  const said = errors.map((error) => `${formatPath(error.path)}: ${formatDiagnostic(error)}`);
  return JSON.stringify({ ...graph, unreached, admitted, succeeded, crashed, said });
}
