import { StepFate, type NodeTrace, type StepTrace } from './simulation-trace';

const MARKS = { [StepFate.RAN]: '✓', [StepFate.FAILED]: '✗', [StepFate.SKIPPED]: '·', [StepFate.NOT_REACHED]: '·' };
const WIDEST_BODY = 100;

/** The run as a tree for eyes: each step with what went in, what came out, and why it ran or was skipped. */
export function traceText(root: NodeTrace): string {
  return [nodeLine(root), ...nodeLines(root, '')].join('\n');
}

function nodeLine(node: NodeTrace): string {
  return `${node.node} (${node.routerType || 'no such node'})${node.note ? `  ${node.note}` : ''}`;
}

function nodeLines(node: NodeTrace, indent: string): string[] {
  return node.steps.flatMap((step, index) => {
    const isLast = index === node.steps.length - 1;
    return stepLines(step, indent + (isLast ? '└─ ' : '├─ '), indent + (isLast ? '   ' : '│  '));
  });
}

function stepLines(step: StepTrace, first: string, rest: string): string[] {
  const ran = step.input !== undefined;
  const why = step.reason ? `  ${step.reason}` : '';
  const lines = [`${first}${MARKS[step.fate]} ${step.name} → ${step.target}${ran ? '' : step.fate === StepFate.SKIPPED ? '  skipped:' : '  not reached:'}${why}`];
  if (!ran) return lines;
  lines.push(`${rest}   in   ${brief(step.input ?? '')}`);
  if (step.called) lines.push(`${rest}   ${nodeLine(step.called)}`, ...nodeLines(step.called, `${rest}   `));
  lines.push(`${rest}   out  ${step.error === undefined ? `${step.status}  ${brief(step.output ?? '')}` : `error: ${step.error}`}`);
  return lines;
}

/** Bodies in one line: control characters shown, the middle of a long one left out. */
export function brief(body: string): string {
  if (body === '') return '(empty)';
  const line = body.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => (c === '\n' || c === '\t' ? ' ' : '�'));
  return line.length <= WIDEST_BODY ? line : `${line.slice(0, WIDEST_BODY - 20)} … ${line.slice(-16)}`;
}
