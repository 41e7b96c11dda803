import { spawnSync } from 'child_process';
import * as path from 'path';
import * as fc from 'fast-check';
import { detectContentType } from '../../src/simulate/go/content-type';
import { canonicalName } from '../../src/simulate/go/header';
import { predictionsAsInstances, rewriteObject } from '../../src/simulate/go/json';
import { jsonSyntaxError } from '../../src/simulate/go/json-syntax';
import { goQuote } from '../../src/spec/go-quote';
import { parseUrl } from '../../src/spec/go-url';
import { bodies } from '../../test/arbitraries/json-text';

/** The parts of Go's standard library that the simulator mirrors, compared with Go itself on random input. */
const program = path.join(__dirname, '../bin/gostd');
const seed = Number(process.env.CONFORMANCE_SEED ?? Date.now() % 2 ** 31);
const runs = Number(process.env.CONFORMANCE_RUNS ?? 5000);

type Question = Record<string, string | undefined> & { readonly ask: string };
type Answer = Record<string, unknown>;

function askGo(questions: Question[]): Answer[] {
  const { stdout, status, stderr, error } = spawnSync(program, { input: questions.map((q) => JSON.stringify(q)).join('\n'), maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`bin/gostd does not run (npx projen conformance:build makes it): ${error ?? stderr}`);
  return String(stdout).trim().split('\n').map((line) => JSON.parse(line));
}

function compare<T>(samples: T[], question: (sample: T) => Question, ours: (sample: T) => object, theirs: (answer: Answer, sample: T) => object) {
  const answers = askGo(samples.map(question));
  expect(answers).toHaveLength(samples.length);
  samples.forEach((sample, i) => {
    const got = { for: question(sample), seed, ...ours(sample) };
    expect(got).toEqual({ for: question(sample), seed, ...theirs(answers[i], sample) });
  });
}

const base64 = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('base64');

describe(`Go's standard library, seed ${seed}, ${runs} cases each`, () => {
  const samples = <T>(arbitrary: fc.Arbitrary<T>) => fc.sample(arbitrary, { numRuns: runs, seed });

  it('json: the same bytes are JSON, and the errors are word for word the same', () => {
    compare(samples(bodies), (b) => ({ ask: 'valid', bytes: base64(b) }), (b) => ({ error: jsonSyntaxError(b) }), ({ error }) => ({ error }));
  });

  it('json: an object is decoded and written again to the same bytes', () => {
    compare(samples(bodies), (b) => ({ ask: 'object', bytes: base64(b) }),
      (b) => {
        const { bytes, error } = rewriteObject(b);
        return { bytes: base64(bytes), error };
      }, ({ bytes, error }) => ({ bytes, error }));
  });

  it('json: predictions become instances in the same cases', () => {
    compare(samples(bodies), (b) => ({ ask: 'instances', bytes: base64(b) }), (b) => ({ bytes: base64(predictionsAsInstances(b)) }), ({ bytes }) => ({ bytes }));
  });

  it('json: a depth of 10000 passes, one more does not', () => {
    const nested = [9999, 10000, 10001].flatMap((n) => [`${'['.repeat(n)}${']'.repeat(n)}`, `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`]).map((s) => Uint8Array.from(Buffer.from(s)));
    compare(nested, (b) => ({ ask: 'object', bytes: base64(b) }), (b) => {
      const { bytes, error } = rewriteObject(b);
      return { bytes: base64(bytes), error };
    }, ({ bytes, error }) => ({ bytes, error }));
  });

  it('url: parsed, refused and written alike', () => {
    const parts = fc.constantFrom('http://', 'https://', 'HTTP:', 'a', 'svc.ns', ':80', ':', '/', '//', '///', '?', '#', '%41', '%zz', '%', ' ', 'u:p@', '@', '[::1]',
      '{', '$', 'é', '\x7f', '*', '1a:', '"', '<', '\\', '^', '|', '+', '=', '&', '%2F', '%20', '%C3%A9', '!', '(', ',', ';');
    const urls = fc.oneof(fc.array(parts, { maxLength: 6 }), fc.array(parts, { maxLength: 5 }).map((p) => ['http://', ...p])).map((p) => p.join(''));
    compare(samples(urls), (text) => ({ ask: 'url', text }),
      (text) => {
        const { url, error } = parseUrl(text);
        return url ? { host: url.host, scheme: url.scheme, text: url.text } : { error };
      },
      (answer) => {
        if (answer.error !== undefined) return { error: answer.error };
        return { host: answer.host, scheme: answer.scheme, text: answer.text };
      });
  });

  it('header: names become canonical alike', () => {
    const names = fc.oneof(fc.array(fc.constantFrom('x', 'X', '-', 'trace', 'ID', '_', '1', '.', ' ', 'é', ':'), { maxLength: 6 }).map((p) => p.join('')), fc.string());
    compare(samples(names), (text) => ({ ask: 'header', text }), (text) => ({ text: canonicalName(text) }), ({ text }) => ({ text }));
  });

  it('quote: a text is quoted alike', () => {
    const old = fc.string({ unit: fc.integer({ min: 0, max: 0x7ff }).map((c) => String.fromCodePoint(c)) }); // engines know different new characters
    compare(samples(old), (text) => ({ ask: 'quote', text }), (text) => ({ text: goQuote(text) }), ({ text }) => ({ text }));
  });

  it('sniff: the same Content-Type is guessed', () => {
    const starts = fc.constantFrom('<html>', ' <!DOCTYPE html>', '<b ', '<a>', '<p', '<?xml', '%PDF-1', 'GIF89a', '\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'RIFFxxxxWEBPVP', 'RIFFxxxxWAVE',
      '\0\0\0\x10ftypmp42xxxx', '\0\0\0\x14ftypisom....mp41', 'PK\x03\x04', '\x1f\x8b\x08', 'BM', '\xef\xbb\xbfx', '\xfe\xff', '\xfe\xffab', '\0asm', 'hello', '\x01', '', '\x1bx', `${'x'.repeat(34)}LP`, `${'\n'.repeat(511)}<`);
    const data = fc.tuple(starts, fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.string().map((s) => Uint8Array.from(Buffer.from(s)))))
      .map(([start, rest]) => Uint8Array.from([...Buffer.from(start, 'latin1'), ...rest]));
    compare(samples(data), (b) => ({ ask: 'sniff', bytes: base64(b) }), (b) => ({ text: detectContentType(b) }), ({ text }) => ({ text }));
  });
});
