import { graph, node } from '../../examples';
import type { GraphModel, StepModel } from '../../model';
import type { Rule } from '../../rule';
import { Severity } from '../../severity';

const ROUTER = 'cmd/router/main.go';

const unnamedEnsembleStep: Rule = {
  id: 'unnamed-ensemble-step',
  severity: Severity.INFO,
  title: 'a step of an Ensemble without a name',
  why: 'Its answer stands under its index, "0" or "1", which changes with the order of the steps.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Ensemble', { serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }) }),
  mended: graph({ root: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }) }),
  check: (model, report) => unnamedSteps(model).filter(({ namesake }) => namesake === undefined).forEach(({ step }) => {
    report(step, `${step} has no name, so its answer stands under "${step.index}"`, 'name it');
  }),
};

const ensembleKeyClash: Rule = {
  id: 'ensemble-key-clash',
  severity: Severity.WARNING,
  title: 'two steps of an Ensemble whose answers stand under one key',
  why: 'An unnamed step answers under its index. A step that is named by this number takes the same key, and one answer replaces the other.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Ensemble', { name: '1', serviceName: 'a', dependency: 'Hard' }, { serviceName: 'b' }) }),
  mended: graph({ root: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }) }),
  check: (model, report) => unnamedSteps(model).forEach(({ step, namesake }) => {
    if (namesake !== undefined) {
      report(step, `the answers of ${step} and of ${namesake} both stand under "${step.key}"`, 'name both');
    }
  }),
};

export const ensembleRules: readonly Rule[] = [unnamedEnsembleStep, ensembleKeyClash];

/** The steps of Ensembles without a name, each with the one that is named by its number. */
function unnamedSteps({ nodes }: GraphModel): { readonly step: StepModel; readonly namesake?: StepModel }[] {
  return nodes.filter(({ routerType }) => routerType === 'Ensemble').flatMap(({ steps }) => {
    const unnamed = steps.filter(({ name }) => name === undefined);
    const byName = new Map(unnamed.length === 0 ? [] : [...steps].reverse().map((step) => [step.name, step]));
    return unnamed.map((step) => ({ step, namesake: byName.get(step.key) }));
  });
}
