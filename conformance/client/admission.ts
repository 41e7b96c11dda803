import { AdmitAnswer } from './oracle';
import { LintContext } from '../../src/lint/context';
import { Diagnostic } from '../../src/lint/diagnostic';
import { lintGraph, RULES } from '../../src/lint/lint';
import { Authority } from '../../src/lint/rule';

const authorities = new Map(RULES.map(({ id, authority }) => [id, authority]));

/**
 * How our verdict on a document differs from KServe's, category by category, if it does.
 *
 * - schema: the API server's, without what names, labels and annotations may hold (that is its to say of any kind); and what KServe's
 *   webhook cannot read into its Go type.
 * - unknown: fields that strict validation refuses. Below a value of the wrong type the API server reports them as well; we report the value.
 * - webhook: KServe's, which a control plane asks only where the schema is met.
 *
 * What is in a field that the release does not have is nobody's to judge: the API server drops the field.
 */
export function difference(document: unknown, answer: AdmitAnswer, context?: LintContext): string | undefined {
  const all = lintGraph(document, context);
  const tooNew = all.filter(({ rule }) => rule === 'field-too-new').map(({ path }) => path);
  const found = all.filter(({ rule, path }) => rule === 'field-too-new' || !tooNew.some((outer) => outer.every((key, i) => path[i] === key)));
  const by = (authority: Authority): Diagnostic[] => found.filter(({ rule }) => authorities.get(rule) === authority);
  const wrong = found.filter(({ rule }) => rule === 'invalid-value').map(({ path }) => asKServe(path));
  const isBelowWrong = (field: string): boolean => wrong.some((path) => field.startsWith(`${path}.`) || field.startsWith(`${path}[`));

  const ours = { schema: by(Authority.SCHEMA).length > 0, unknown: by(Authority.FIELDS).length > 0, webhook: by(Authority.WEBHOOK).length > 0 };
  const theirs = {
    schema: answer.undecodable !== undefined || !answer.schema.every((problem) => problem.startsWith('metadata.')),
    unknown: !answer.unknown.every(isBelowWrong),
    webhook: (answer.webhook ?? '') !== '',
  };
  const isNoGraph = answer.schema.length > 0 && answer.webhook === null && answer.undecodable === undefined; // the API server looks no further
  const differing = [
    ours.schema !== theirs.schema && 'schema',
    !isNoGraph && ours.unknown !== theirs.unknown && 'unknown',
    !theirs.schema && ours.webhook !== theirs.webhook && 'webhook',
  ].filter(Boolean);
  return differing.length === 0 ? undefined : `${differing.join(', ')}: KServe says ${JSON.stringify(answer)}, we say ${JSON.stringify(found)}`;
}

/** A path in Kubernetes' spelling; Go reads half of a surrogate pair as U+FFFD, and so does Buffer. */
function asKServe(path: readonly (string | number)[]): string {
  const text = path.reduce<string>((outer, key) => (typeof key === 'number' ? `${outer}[${key}]` : outer === '' ? key : `${outer}.${key}`), '');
  return Buffer.from(text).toString();
}
