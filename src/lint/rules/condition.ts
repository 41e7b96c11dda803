import type { Trap, TrapId } from '../../gjson/analyze';
import { MODIFIERS } from '../../gjson/modifier-names';
import { graph, node, sequence } from '../examples';
import { describe } from '../flow/body';
import { analysisOf, holdsWith, isTestedAfresh, neededPaths, orderOf, truthOf } from '../flow/condition-truth';
import type { Flow } from '../flow/flow';
import type { GraphModel, NodeModel, StepModel } from '../model';
import type { Rule } from '../rule';
import { Severity } from '../severity';
import { quote } from '../words';

const ROUTER = 'cmd/router/main.go';
const other = { condition: '@this', serviceName: 'b' };

const conditionOnFirstStep: Rule = {
  id: 'condition-on-first-step',
  severity: Severity.ERROR,
  title: 'a condition on the first step of a Sequence',
  why: "KServe tests a condition on the answer of the step before. The first has none, so every request gets 500, 'invalid response'.",
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: sequence({ serviceName: 'a', condition: 'instances' }),
  mended: graph({ root: node('Switch', { condition: 'instances', serviceName: 'a' }, other) }),
  check: ({ nodes }, report) => ofType(nodes, 'Sequence').forEach(({ steps }) => steps.slice(0, 1).forEach((step) => {
    if (step.condition !== undefined) {
      report(
        step.at('condition'),
        `${step} is the first, so there is no answer that its condition could be tested on, got ${quote(step.condition)}`,
        'drop the condition, or call the Sequence from a Switch that has it',
      );
    }
  })),
};

const switchWithoutCondition: Rule = {
  id: 'switch-step-without-condition',
  severity: Severity.ERROR,
  title: 'a branch of a Switch without a condition',
  why: "KServe looks for a field with the empty name, so the branch is never taken (save by a body with a field named ''). It is no default.",
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Switch', { condition: 'instances', serviceName: 'a' }, other, { serviceName: 'c' }) }),
  mended: graph({ root: node('Switch', { condition: 'instances', serviceName: 'a' }, other) }),
  check: ({ nodes }, report) => ofType(nodes, 'Switch').forEach(({ steps }) => steps.filter(({ condition }) => condition === undefined).forEach((step) => {
    report(
      step,
      `${step} has no condition, so no request takes it`,
      "write condition: '@this' for the branch that is taken when no other is, and put it last",
      isDefaultPlace(steps, step) ? { kind: 'add-key', path: step.path, key: 'condition', value: '@this' } : undefined,
    );
  })),
};

const switchAfterDefault: Rule = {
  id: 'switch-step-after-default',
  severity: Severity.ERROR,
  title: 'a branch of a Switch after one that always matches',
  why: 'KServe takes the first branch whose condition holds, so the branches after it are never tried.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Switch', other, { condition: 'instances', serviceName: 'a' }) }),
  mended: graph({ root: node('Switch', { condition: 'instances', serviceName: 'a' }, other) }),
  check: (model, report) => ofType(model.nodes, 'Switch').forEach((found) => {
    const isByItself = (step: StepModel) => isTestedAfresh(model, step) || !model.flow.reaches(found);
    const always = found.steps.find((step) => isByItself(step) ? isAlways(step) : isAlwaysMet(model.flow, step));
    const later = found.steps.filter(({ index, condition }) => always !== undefined && index > always.index && condition !== undefined);
    later.forEach((step) => {
      report(
        step,
        `${step} is never tried, since the condition ${quote(always!.condition)} of ${always} always matches${isAlways(always!) ? '' : ' here'}`,
        'put the branch that always matches last',
      );
    });
  }),
};

const repeatedCondition: Rule = {
  id: 'repeated-condition',
  severity: Severity.ERROR,
  title: 'two branches of a Switch with one condition, or one that includes the other',
  why: 'KServe takes the first branch whose condition holds: where that of the second holds, that of the first has held already.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Switch', { condition: 'instances', serviceName: 'a' }, { condition: 'instances', serviceName: 'c' }, other) }),
  mended: graph({ root: node('Switch', { condition: 'inputs', serviceName: 'a' }, { condition: 'instances', serviceName: 'c' }, other) }),
  check: ({ nodes }, report) => ofType(nodes, 'Switch').forEach(({ steps }) => repeatedIn(steps).forEach(({ step, earlier }) => {
    const isSame = earlier.condition === step.condition;
    report(
      step.at('condition'),
      isSame ? `${step} is never taken, since ${earlier} has its condition already, got ${quote(step.condition)}`
        : `${step} is never taken, since ${quote(earlier.condition)} of ${earlier} holds wherever ${quote(step.condition)} does`,
      isSame ? 'remove one of them, or change its condition' : 'put the narrower condition first',
    );
  })),
};

const noDefaultBranch: Rule = {
  id: 'switch-without-default',
  severity: Severity.INFO,
  title: 'a Switch at the root without a branch that is always taken',
  why: "A request that matches no branch gets 404. KServe's documentation says that it comes back as it was, which held up to v0.11.0.",
  source: `${ROUTER}, v0.11.1 to v0.20.0`,
  from: '0.11.1',
  fails: graph({ root: node('Switch', { condition: 'instances', serviceName: 'a' }) }),
  mended: graph({ root: node('Switch', { condition: 'instances', serviceName: 'a' }, other) }),
  check: (model, report) => withoutDefault(model).filter((found) => found === model.root).forEach((found) => {
    report(found, `${found} has no branch for a request that matches no condition: it is answered with 404`, DEFAULT_BRANCH);
  }),
};

const noNestedDefaultBranch: Rule = {
  id: 'nested-switch-without-default',
  severity: Severity.WARNING,
  title: 'a Switch that another node calls, without a branch that is always taken',
  why: 'What matches no branch is an error to the node that calls the Switch: the whole request is answered with 500, as if a model had failed.',
  source: `${ROUTER}, v0.11.1 to v0.20.0`,
  from: '0.11.1',
  fails: graph({ root: node('Sequence', { nodeName: 'choose' }), choose: node('Switch', { condition: 'instances', serviceName: 'a' }) }),
  mended: graph({ root: node('Sequence', { nodeName: 'choose' }), choose: node('Switch', { condition: 'instances', serviceName: 'a' }, other) }),
  check: (model, report) => withoutDefault(model).filter((found) => found !== model.root && model.flow.reaches(found)).forEach((found) => {
    report(found, `${found} has no branch for a body that matches no condition: the request is answered with 500`, DEFAULT_BRANCH);
  }),
};

const DEFAULT_BRANCH = "add a last step with condition: '@this'";

const impossibleKey: Rule = {
  id: 'condition-misses-body',
  severity: Severity.ERROR,
  title: 'a condition on a field that the body cannot have',
  why: 'An Ensemble answers with one key for each step and no other, and mapPredictionsToInstances leaves nothing but instances; '
    + 'so the condition never holds, and neither this step nor, in a Sequence, any after it is called.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({
    root: node('Sequence', { nodeName: 'vote', dependency: 'Hard' }, { serviceName: 'c', condition: 'predictions.0' }),
    vote: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }),
  }),
  mended: graph({
    root: node('Sequence', { nodeName: 'vote', dependency: 'Hard' }, { serviceName: 'c', condition: 'a.predictions.0' }),
    vote: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }),
  }),
  check: (model, report) => model.nodes.forEach(({ routerType, steps }) => {
    const repeated = routerType === 'Switch' ? new Set(repeatedIn(steps).map(({ step }) => step)) : undefined;
    steps.filter((step) => repeated?.has(step) !== true).forEach((step) => {
      const { condition } = step;
      if (condition === undefined || (isTestedAfresh(model, step) && analysisOf(condition).verdict !== 'never')) {
        return;
      }
      const { tested } = model.flow.of(step);
      if (tested.every((body) => body.kind !== 'empty' && truthOf(condition, body) === 'never')) {
        report(
          step.at('condition'),
          `${step} can never be called: its condition ${quote(condition)} is tested on ${[...new Set(tested.all.map(describe))].join(' or ')}`,
          'test something that this body may have',
        );
      }
    });
  }),
};

/** A trap of GJSON as a rule. */
interface TrapCase {
  readonly id: string;
  readonly traps: readonly TrapId[];
  /** @default - each of these traps */
  readonly only?: (trap: Trap, condition: string) => boolean;
  /** The traps whose mend is certain: the text can have been meant in no other way. @default - none */
  readonly certain?: readonly TrapId[];
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  /** Conditions of the second branch of a Switch, mistaken and mended. */
  readonly fails: string;
  readonly mended: string;
}

/** What to do where the text does not tell what to write. */
const ADVICE: { readonly [id in TrapId]?: string } = {
  'unknown-modifier': `write one of ${MODIFIERS.map((name) => `@${name}`).join(', ')}; '#' is the number of elements, and 0 the first of them`,
  'negation': "compare the field with false: '[@this].#(<field>==~false)'",
  'boolean-operator': "write 'and' as '[@this].#(…)#|#(…)', and 'or' as two steps of a Switch with one target",
};

const GJSON = 'github.com/tidwall/gjson v1.18.0, which the router of v0.15.0 to v0.20.0 uses';

const TRAPS: readonly TrapCase[] = [
  {
    id: 'condition-never-matches',
    traps: ['comparison-outside-query', 'jsonpath', 'unbalanced', 'never-matches', 'single-quotes', 'line-break', 'unknown-modifier', 'negation'],
    // compared with anything but ==, a text in single quotes is just another text
    only: ({ id }, condition) => id !== 'single-quotes' || /==\s*'/.test(condition),
    certain: ['comparison-outside-query', 'jsonpath', 'single-quotes', 'line-break'],
    severity: Severity.ERROR,
    title: 'a condition that is no GJSON and never matches',
    why: 'GJSON compares only inside a query such as [@this].#(score>0.5), has no $ and no brackets after a name, and reads the rest of what is not closed as a name. '
      + 'Such a condition asks for a field that no body has, so the step is never called.',
    fails: 'predictions.0=="dog"',
    mended: '[@this].#(kind=="dog")',
  },
  {
    id: 'condition-single-quotes',
    traps: ['single-quotes'],
    only: (_, condition) => !/==\s*'/.test(condition),
    certain: ['single-quotes'],
    severity: Severity.WARNING,
    title: 'single quotes in a condition',
    why: 'Only double quotes enclose a text; single ones are part of the text that GJSON compares with.',
    fails: "[@this].#(kind!='dog')",
    mended: '[@this].#(kind!="dog")',
  },
  {
    id: 'condition-always-matches',
    traps: ['template-braces', 'multipath-always-exists', 'list-always-exists', 'always-matches'],
    severity: Severity.WARNING,
    title: 'a condition that matches although nothing is found',
    why: "KServe asks whether the path exists. What {…}, […], #(…)# and #.x make always exists, be it empty. Write '@this' where it is meant to match always.",
    fails: 'items.#(kind=="dog")#',
    mended: 'items.#(kind=="dog")',
  },
  {
    id: 'condition-boolean-operator',
    traps: ['boolean-operator'],
    certain: ['boolean-operator'],
    severity: Severity.WARNING,
    title: '&& or || in a condition',
    why: 'GJSON has neither: what follows the first comparison is part of what it compares with, so the condition tests something else.',
    fails: '[@this].#(score>0.5 && score<=0.9)',
    mended: '[@this].#(score>0.5)#|#(score<=0.9)',
  },
  {
    id: 'condition-default-word',
    traps: ['default-word'],
    certain: ['default-word'],
    severity: Severity.WARNING,
    title: "a condition such as 'default' or 'true'",
    why: "To GJSON it is the name of a field. The branch that is taken when no other is has the condition '@this'.",
    fails: 'default',
    mended: 'kind',
  },
  {
    id: 'condition-boolean-literal',
    traps: ['boolean-literal'],
    certain: ['boolean-literal'],
    severity: Severity.WARNING,
    title: 'a comparison with true or false',
    why: 'It matches the boolean, and also the text and the number 0.',
    fails: '[@this].#(flag==true)',
    mended: '[@this].#(flag|@tostr=="true")',
  },
  {
    id: 'condition-compares-text-with-number',
    traps: ['text-compared-with-number'],
    severity: Severity.WARNING,
    title: 'a text compared with a number',
    why: 'GJSON compares texts letter by letter, so that "10" stands before "9", and takes a word for the number 0.',
    fails: '[@this].#(score>abc)',
    mended: '[@this].#(score>0.5)',
  },
];

const trapRules = TRAPS.map(({ traps, only = () => true, certain = [], fails, mended, ...described }): Rule => ({
  ...described,
  source: GJSON,
  fails: graph({ root: node('Switch', { condition: 'instances', serviceName: 'a' }, { condition: fails, serviceName: 'c' }, other) }),
  mended: graph({ root: node('Switch', { condition: 'instances', serviceName: 'a' }, { condition: mended, serviceName: 'c' }, other) }),
  check: ({ conditional }, report) => conditional.filter(({ node: { routerType } }) => routerType === 'Switch' || routerType === 'Sequence').forEach((step) => {
    const { condition } = step;
    const steppedInto = condition === undefined ? [] : analysisOf(condition).traps;
    const trap = steppedInto.find((found) => traps.includes(found.id) && only(found, condition!));
    if (trap !== undefined) {
      report(
        step.at('condition'),
        `${step} has a condition that ${described.severity === Severity.ERROR ? 'never matches' : 'says something else'}: ${trap.reason}, got ${quote(condition)}`,
        trap.mend === undefined ? ADVICE[trap.id] ?? "say it in GJSON: 'cdk8s-kserve condition <path>' tells what a path asks" : `write ${quote(trap.mend)}`,
        trap.mend === undefined || !certain.includes(trap.id) || (trap.id === 'default-word' && !isDefaultPlace(step.node.steps, step)) ? undefined
          : { kind: 'replace-value', path: step.at('condition').path, value: trap.mend },
      );
    }
  }),
}));

/** A path to a field that is true or false by its name. */
const BOOLEAN_PATH = /(^|\.)(is|has|should|can)[A-Z_]\w*$/;

const booleanPath: Rule = {
  id: 'condition-on-existence',
  severity: Severity.WARNING,
  title: 'a path to a boolean as condition',
  why: 'KServe asks whether the path exists, not whether it is true: false exists, and so do null, 0 and "".',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Switch', { condition: 'isDog', serviceName: 'a' }, other) }),
  mended: graph({ root: node('Switch', { condition: '[@this].#(isDog|@tostr=="true")', serviceName: 'a' }, other) }),
  check: ({ steps }, report) => steps.forEach((step) => {
    const { condition } = step;
    const trap = condition !== undefined && BOOLEAN_PATH.test(condition) ? analysisOf(condition).traps.find(({ id }) => id === 'matches-any-value') : undefined;
    if (trap?.mend !== undefined) {
      report(step.at('condition'), `${step} is called if ${quote(condition)} exists, also if it is false`, `write ${quote(trap.mend)}`);
    }
  }),
};

export const conditionRules: readonly Rule[] = [
  conditionOnFirstStep, switchWithoutCondition, switchAfterDefault, repeatedCondition, noDefaultBranch, noNestedDefaultBranch, impossibleKey,
  ...trapRules, booleanPath,
];

function ofType(nodes: readonly NodeModel[], type: string): readonly NodeModel[] {
  return nodes.filter(({ routerType }) => routerType === type);
}

/** Every Switch that some body falls through, as far as conditions alone tell. */
function withoutDefault({ nodes }: GraphModel): readonly NodeModel[] {
  return ofType(nodes, 'Switch').filter(({ steps }) => steps.length > 0 && !steps.some(isAlways));
}

/** Whether a step is where a Switch has its default: the last, after others none of which is one. */
function isDefaultPlace(steps: readonly StepModel[], step: StepModel): boolean {
  return step.node.routerType === 'Switch' && steps.length > 1 && steps[steps.length - 1] === step && !steps.some(isAlways);
}

/** The branches that an earlier one of the same Switch leaves nothing for. */
function repeatedIn(steps: readonly StepModel[]): { step: StepModel; earlier: StepModel }[] {
  const seen = new Map<string, StepModel>();
  /** Of each field that is compared with numbers, and each operator. */
  const loosest = new Map<string, StepModel>();
  return steps.flatMap((step) => {
    const { condition } = step;
    if (condition === undefined || isAlways(step)) {
      return [];
    }
    const side = orderOf(condition)?.side;
    const looser = side === undefined ? undefined : loosest.get(side);
    const earlier = [condition, ...neededPaths(condition)].flatMap((path) => seen.get(path) ?? [])[0]
      ?? (looser !== undefined && holdsWith(looser.condition!, condition) ? looser : undefined);
    if (earlier !== undefined) {
      return [{ step, earlier }];
    }
    seen.set(condition, step);
    if (side !== undefined && (looser === undefined || holdsWith(condition, looser.condition!))) {
      loosest.set(side, step);
    }
    return [];
  });
}

/** Whether a condition holds for everything that is left for it. */
function isAlwaysMet(flow: Flow, step: StepModel): boolean {
  const { condition } = step;
  return condition !== undefined && flow.of(step).tested.every((body) => truthOf(condition, body) === 'always');
}

function isAlways({ condition }: StepModel): boolean {
  return condition !== undefined && truthOf(condition, { kind: 'request' }) === 'always';
}
