import type { Rule } from '../rule';
import { cycleRules } from './structure/cycle';
import { edgeRules } from './structure/edge';
import { ensembleRules } from './structure/ensemble';
import { identityRules } from './structure/identity';
import { sizeRules } from './structure/size';
import { splitterRules } from './structure/splitter';

/** What a graph is made of, whatever flows through it. */
export const structureRules: readonly Rule[] = [
  ...identityRules, ...splitterRules, ...edgeRules, ...cycleRules, ...sizeRules, ...ensembleRules,
];
