import { stringify } from 'yaml';
import { documentOf, graphFrom, randomFrom } from './graph-with-mistakes';
import type { Random } from './graph-with-mistakes';
import { applied } from './mutation';
import type { Damage, Json } from './mutation';
import { allRules } from '../../src/cli/lint/rule-pages';

/*
 * Inputs of the linter that nobody would write: good YAML with damaged bytes, texts that look like YAML, and bytes. Made without fast-check, which
 * is too slow for a million of them; a seed and a number name each again.
 */

/** What means something to YAML, JSON or the linter. */
const TOKENS: readonly string[] = [
  '\n', '\n', '\n', '\r\n', '\r', ' ', '  ', '    ', '\t', ': ', ':', '- ', '-', '? ', '? ?', ', ', '[', ']', '{', '}', '{{', '"', "'", '"\\', '|', '>', '|+2', '>-', '#',
  ' # ', '&a ', '*a', '*b', '!!str ', '!!map ', '!!binary ', '!<x> ', '! ', '%YAML 1.1', '%TAG ! x', '---', '---\n', '...', '\n---\n', '<<: ', '~', 'null', 'true', 'yes', '0',
  '-0', '1e999', '0x1F', '0o7', '.inf', '.nan', '1.5', '99999999999999999999', '2001-01-01', '\ufeff', '\u0000', '\u0085', '\u2028', '\u00a0', '\ud83d\ude00', '\\u0000',
  'apiVersion: serving.kserve.io/v1alpha1\n', 'kind: InferenceGraph\n', 'kind: InferenceService\n', 'kind: List\nitems:\n', 'kind: Service\n', 'apiVersion: v1\n', 'metadata', 'name',
  'spec', 'nodes', 'root', 'routerType', 'Sequence', 'Switch', 'steps', 'serviceName', 'serviceUrl', 'condition', 'data', '$response', 'weight', 'annotations', '__proto__',
  'constructor', 'toString', 'predictor', 'model', 'modelFormat', '@this', '[@this].#(a==1)', 'a && b', '# cdk8s-kserve: acknowledge node-cycle: x\n', 'acknowledge.cdk8s-kserve/x: y\n',
];

/** Graphs good and bad, and the mistaken example of each rule. */
const DOCUMENTS: readonly Json[] = [
  ...allRules().map(({ fails }) => fails as Json),
  ...Array.from({ length: 60 }, (_, i) => documentOf(graphFrom(randomFrom(i), i % 2 === 0), i % 3 === 0) as unknown as Json),
];

const STYLES = 6;

function written(document: Json, style: number): string {
  switch (style) {
    case 0:
      return JSON.stringify(document, null, 1);
    case 1:
      return stringify(document, { defaultStringType: 'QUOTE_DOUBLE' });
    case 2:
      return stringify({ apiVersion: 'v1', kind: 'List', items: [document, document] });
    case 3:
      return stringify(document, { collectionStyle: 'flow' });
    case 4:
      return `# a comment\n${stringify(document)}---\n${stringify(document)}`;
    default:
      return stringify(document, { defaultStringType: 'BLOCK_LITERAL', defaultKeyType: 'PLAIN', indent: 4 }).replace(/\n/g, '\r\n');
  }
}

const GOOD = DOCUMENTS.map((document, i) => Buffer.from(written(document, i % STYLES)));

/** A document with damaged values. */
function mistaken(random: Random): Json {
  let document = DOCUMENTS[random(DOCUMENTS.length)];
  for (let left = 1 + random(3); left > 0; left--) {
    document = applied(document, { place: random(1000), damage: valueDamage(random) });
  }
  return document;
}

function valueDamage(random: Random): Damage {
  switch (random(6)) {
    case 0:
      return { kind: (['drop', 'duplicate', 'empty'] as const)[random(3)] };
    case 1:
      return { kind: 'rename', key: TOKENS[random(TOKENS.length)] };
    case 2:
      return { kind: 'replace', value: TOKENS[random(TOKENS.length)] };
    case 3:
      return { kind: 'replace', value: [null, true, -1, 0.5, 2 ** 40, [], {}, [null], { a: 1 }][random(9)] };
    case 4:
      return { kind: 'add', key: TOKENS[random(TOKENS.length)], value: TOKENS[random(TOKENS.length)] };
    default:
      return { kind: 'copy', from: random(1000) };
  }
}

/** An input. */
export function inputFrom(random: Random): Buffer {
  switch (random(10)) {
    case 0:
      return bytes(random);
    case 1:
      return Buffer.from(tokens(random));
    case 2:
    case 3:
    case 4:
      return Buffer.from(written(mistaken(random), random(STYLES)));
    default:
      return damaged(random);
  }
}

function bytes(random: Random): Buffer {
  return Buffer.from(Array.from({ length: random(120) }, () => random(256)));
}

function tokens(random: Random): string {
  return Array.from({ length: random(60) }, () => TOKENS[random(TOKENS.length)]).join('');
}

function damaged(random: Random): Buffer {
  let text = GOOD[random(GOOD.length)];
  for (let left = 1 + random(random(4) === 0 ? 6 : 2); left > 0; left--) {
    const at = random(text.length + 1);
    const length = random(random(2) === 0 ? 4 : 60);
    const [before, middle, after] = [text.subarray(0, at), text.subarray(at, at + length), text.subarray(at + length)];
    text = Buffer.concat(damage(random, before, middle, after));
  }
  return text;
}

function damage(random: Random, before: Buffer, middle: Buffer, after: Buffer): Buffer[] {
  switch (random(9)) {
    case 0:
      return [before, after];
    case 1:
      return [before, middle, middle, after];
    case 2:
      return [before, Buffer.from([random(random(4) === 0 ? 256 : 128)]), middle, after];
    case 3:
      return [before, Buffer.from(middle.map((byte) => byte ^ (1 << random(8)))), after]; // eslint-disable-line no-bitwise
    case 4:
      return [before, after, middle];
    case 5:
      return [before]; // cut off
    case 6: {
      const other = GOOD[random(GOOD.length)];
      return [before, other.subarray(random(other.length))];
    }
    case 7:
      return [before, Buffer.from(TOKENS[random(TOKENS.length)].repeat(1 + random(50))), middle, after];
    default:
      return [before, Buffer.from(TOKENS[random(TOKENS.length)]), middle, after];
  }
}
