import { graph, node, sequence } from '../../examples';
import { fieldsOf } from '../../json';
import type { GraphModel, NodeModel, StepModel } from '../../model';
import type { Rule } from '../../rule';
import { Severity } from '../../severity';
import { graphShape } from '../shape';

const ROUTER = 'cmd/router/main.go';

const emptyNode: Rule = {
  id: 'empty-node',
  severity: Severity.ERROR,
  title: 'a node without steps, which no request gets through',
  why: 'KServe accepts it. A Sequence then drops the connection (status 0), a Switch answers 404; an empty Splitter is refused.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Sequence') }),
  mended: sequence({ serviceName: 'a' }),
  check: (model, report) => emptyNodes(model).filter(({ isPassedOver }) => !isPassedOver).forEach(({ empty }) => {
    report(empty, `${empty} has no steps, so no request gets through it`, 'add one, or remove the node');
  }),
};

const idleNode: Rule = {
  id: 'idle-node',
  severity: Severity.WARNING,
  title: 'a node without steps, which does nothing',
  why: "An Ensemble without steps answers '{}'. A Sequence without steps answers nothing, which the next step of the calling Sequence passes over.",
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Ensemble') }),
  mended: sequence({ serviceName: 'a' }),
  check: (model, report) => emptyNodes(model).filter(({ isPassedOver }) => isPassedOver).forEach(({ empty }) => {
    const effect = empty.routerType === 'Ensemble' ? "so it answers '{}'" : 'so the next step is called as if it were not there';
    report(empty, `${empty} has no steps, ${effect}`, 'add one, or remove the node');
  }),
};

const oneStep: Rule = {
  id: 'one-step-node',
  severity: Severity.INFO,
  title: 'an Ensemble or Splitter of one step',
  why: 'A Splitter of one step sends everything there. An Ensemble of one step wraps its answer into a map with one key.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Splitter', { serviceName: 'a', weight: 100 }) }),
  mended: sequence({ serviceName: 'a' }),
  check: ({ nodes }, report) => nodes.filter(({ routerType, steps }) => steps.length === 1 && (routerType === 'Splitter' || routerType === 'Ensemble')).forEach((single) => {
    report(single, `${single} is ${single.routerType === 'Ensemble' ? 'an Ensemble' : 'a Splitter'} of one step`, 'add a step, or call its target directly');
  }),
};

export const sizeRules: readonly Rule[] = [emptyNode, idleNode, oneStep];

/** A node without steps, and whether a request gets through it, or past it. */
interface EmptyNode {
  readonly empty: NodeModel;
  readonly isPassedOver: boolean;
}

/** Nodes without steps, save those whose steps stand under another word: what is wrong with those is the word. */
function emptyNodes({ nodes, spec, steps, root }: GraphModel): EmptyNode[] {
  const isMisspelt = ({ name, path }: NodeModel) => (
    Object.keys(fieldsOf(fieldsOf(spec.fields.nodes)[name])).some((key) => graphShape.meantBy(key, path) === 'steps')
  );
  const found = nodes.filter((empty) => empty.isEmpty && empty.routerType !== undefined && empty.routerType !== 'Splitter' && !isMisspelt(empty));
  if (found.length === 0) {
    return [];
  }
  const [called, stopping] = [new Set<string>(), new Set<string>()];
  steps.forEach((step, i) => {
    if (step.nodeName !== undefined) {
      called.add(step.nodeName);
      if (!isFollowed(step, steps[i + 1])) {
        stopping.add(step.nodeName);
      }
    }
  });
  return found.map((empty) => ({
    empty,
    isPassedOver: empty.routerType === 'Ensemble'
      || (empty.routerType === 'Sequence' && empty !== root && called.has(empty.name) && !stopping.has(empty.name)),
  }));
}

/** Whether the next step of a Sequence is called, whatever this one answers. */
function isFollowed(step: StepModel, next: StepModel | undefined): boolean {
  return step.node.routerType === 'Sequence' && !step.isHard && next?.node === step.node && next.index === step.index + 1 && next.condition === undefined;
}
