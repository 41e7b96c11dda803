import type { NodeRecord, StepRecord } from '../../simulate/router/trace';
import type { RunRecord } from '../../simulate/run-record';
import { stepLabel } from '../../simulate/words';

const LONGEST = 500;

/** Why a request ends with an error, or a model's 500: where in the graph that comes from, and the router's words. Undefined for other ends. */
export function whyFailed({ root, spec }: Pick<RunRecord, 'root' | 'spec'>): string | undefined {
  if (!root.outcome || (root.outcome.cause === undefined && root.outcome.status !== 500)) return undefined;
  const { cause } = root.outcome;
  let node = root;
  let step = sourceIn(node);
  while (step?.child && step.outcome?.cause === cause) {
    node = step.child;
    step = sourceIn(node);
  }
  const place = step ? `step '${stepLabel(spec.nodes[node.node].steps![step.index], step.index)}' of node '${node.node}'` : `node '${node.node}'`;
  if (cause === undefined) return inOneLine(`${place} answers 500`);
  return inOneLine(`${place}: ${step && step.outcome?.cause !== cause ? step.reason : cause}`);
}

/** The step whose outcome is the node's, or at which it failed; undefined where the node's outcome is its own. */
function sourceIn({ steps, outcome }: NodeRecord): StepRecord | undefined {
  const { cause, status } = outcome!;
  if (cause === undefined) return [...steps].reverse().find((step) => step.outcome?.cause === undefined && step.outcome?.status === status);
  return steps.find((step) => step.outcome?.cause === cause) ?? steps.find((step) => step.fate === 'failed' && step.outcome?.cause === undefined);
}

/** Names and causes hold what graphs and models say. */
function inOneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)} …`;
}
