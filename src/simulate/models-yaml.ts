import { ModelAnswer } from './model-answer';
import { StubModel } from './stub-model';
import { yaml, yamlProblem } from './yaml';
import type { InferenceGraphSpec } from '../spec/inference-graph';

/** A stub model and the name in the graph that it answers for. */
export interface NamedModel {
  readonly target: string;
  readonly model: StubModel;
}

const ANSWER_KEYS = ['json', 'text', 'unreachable', 'brokenOff', 'status', 'delayMillis'];

/**
 * Stub models from a YAML text:
 * ```yaml
 * models:
 *   cat-dog-classifier:                 # a service, a URL, a step, or <node>/<step>
 *     json: { predictions: [dog] }      # or text: …, unreachable: true, brokenOff: true
 *     status: 200                       # optional
 *     delayMillis: 20                   # optional
 *   flaky-model:
 *     sequence: [ { unreachable: true }, { json: {} } ]   # one after another; the last repeats
 *   picky-model:
 *     when: [ { condition: 'instances.#(kind=="dog")', json: { predictions: [dog] } } ]
 *     otherwise: { json: { predictions: [cat] } }
 * ```
 * @throws with all that is wrong with it
 */
export function modelsFromYaml(text: string): NamedModel[] {
  const document = yaml().parseDocument(text);
  const broken = yamlProblem(document.errors);
  if (broken !== undefined) throw new Error(`the models are no valid YAML: ${broken}`);
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isObject(value) || !isObject(value.models)) throw new Error(`the models must be a map under the key 'models', got ${show(value)}: write models: { <service>: { json: … } }`);
  const problems: string[] = [];
  const unknown = Object.keys(value).filter((key) => key !== 'models');
  if (unknown.length > 0) problems.push(`there is nothing beside 'models', got ${unknown.join(', ')}`);
  const found = Object.entries(value.models).flatMap(([target, model]) => attempt(problems, `model '${target}'`, () => ({ target, model: modelOf(model) })));
  if (problems.length > 0) throw new Error(`the models cannot be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  return found;
}

/** A text for modelsFromYaml with one stub for each service of a graph, to be filled in. */
export function modelsTemplate(spec: InferenceGraphSpec): string {
  const steps = Object.values(spec.nodes).flatMap((node) => node.steps ?? []);
  const targets = new Set(steps.flatMap(({ serviceName, serviceUrl }) => serviceName || serviceUrl || []));
  return [
    '# What the models of the graph answer. Each has json, text, unreachable: true or brokenOff: true, and may have status and delayMillis;',
    '# or sequence: [answers, one after another, the last repeats]; or when: [answers with a condition on the request] with otherwise: an answer.',
    'models:',
    ...[...targets].flatMap((target) => [`  ${JSON.stringify(target)}:`, '    json: { "predictions": [] }']),
    '',
  ].join('\n');
}

function modelOf(value: unknown): StubModel {
  if (!isObject(value)) throw new Error(`must be a map, got ${show(value)}: write { json: … }`);
  if (value.sequence !== undefined) {
    allow(value, ['sequence']);
    return StubModel.sequence(listOf(value.sequence, 'sequence').map((item) => answerOf(item)));
  }
  if (value.when !== undefined) {
    allow(value, ['when', 'otherwise']);
    const matching = StubModel.matching();
    for (const item of listOf(value.when, 'when')) {
      if (!isObject(item) || typeof item.condition !== 'string') throw new Error(`each entry of 'when' needs a condition, got ${show(item)}: write { condition: <GJSON path>, json: … }`);
      const { condition, ...answer } = item;
      matching.when(condition as string, answerOf(answer));
    }
    return value.otherwise === undefined ? matching : matching.otherwise(answerOf(value.otherwise));
  }
  return StubModel.sequence([answerOf(value)]);
}

function answerOf(value: unknown): ModelAnswer {
  if (!isObject(value)) throw new Error(`an answer must be a map, got ${show(value)}: write { json: … }`);
  allow(value, ANSWER_KEYS);
  const kinds = ['json', 'text', 'unreachable', 'brokenOff'].filter((key) => value[key] !== undefined);
  if (kinds.length !== 1) throw new Error(`an answer has exactly one of json, text, unreachable and brokenOff, got ${kinds.join(' and ') || 'none'}: keep one`);
  const options = { status: numberOf(value, 'status'), delayMillis: numberOf(value, 'delayMillis') };
  switch (kinds[0]) {
    case 'json': return ModelAnswer.text(JSON.stringify(value.json), options);
    case 'text':
      if (typeof value.text !== 'string') throw new Error(`text must be a text, got ${show(value.text)}: put it in quotes`);
      return ModelAnswer.text(value.text, options);
    case 'unreachable': return (typeof value.unreachable === 'string' ? ModelAnswer.unreachable(value.unreachable) : ModelAnswer.unreachable()).after(options.delayMillis ?? 0);
    default: return ModelAnswer.brokenOff().after(options.delayMillis ?? 0);
  }
}

function allow(value: { [key: string]: unknown }, keys: readonly string[]): void {
  const unknown = Object.keys(value).filter((key) => !keys.includes(key));
  if (unknown.length > 0) throw new Error(`has no ${unknown.map((key) => `'${key}'`).join(', ')} here: the keys are ${keys.join(', ')}`);
}

function listOf(value: unknown, key: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${key} must be a list, got ${show(value)}: write ${key}: [ … ]`);
  return value;
}

function numberOf(value: { [key: string]: unknown }, key: string): number | undefined {
  const number = value[key];
  if (number !== undefined && typeof number !== 'number') throw new Error(`${key} must be a number, got ${show(number)}`);
  return number;
}

function attempt<T>(problems: string[], what: string, read: () => T): T[] {
  try {
    return [read()];
  } catch (error) {
    problems.push(`${what}: ${(error as Error).message}`);
    return [];
  }
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const shown = value === undefined ? 'nothing' : JSON.stringify(value);
  return shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}
