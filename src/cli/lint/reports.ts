import type { Finding } from './findings';
import type { LintResult } from './lint-files';
import { rulePages } from './on-demand';
import { Severity } from '../../lint/severity';

/** The ways in which findings can be printed. */
export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type Format = typeof FORMATS[number];

/** What a report tells beside the findings. */
export interface ReportOptions {
  /** A line of a file. */
  readonly lineOf: (file: string, line: number) => string | undefined;
  readonly color: boolean;
  /** How many findings were mended; none where that was not asked for. */
  readonly mended?: number;
  /** The KServe that the cluster is taken to run. */
  readonly target: string;
}

/** Findings as text of a format, in pieces: as one text, what a large input has would be longer than a string may be. */
export function* reportOf(format: Format, result: LintResult, { lineOf, color, mended, target }: ReportOptions): Generator<string> {
  const { findings } = result;
  switch (format) {
    case 'json':
      yield* asJson({ ...result, findings: [], mended }, 'findings', findings, ({ fix, ...finding }) => ({ ...finding, fixable: fix !== undefined }));
      break;
    case 'sarif':
      yield* asJson(sarifOf(result), 'results', findings, sarifResultOf);
      break;
    case 'github':
      yield* inPieces(findings, asCommand, '');
      break;
    default: {
      const reasonFor = firstReasons(findings);
      yield* inPieces(findings, (finding) => asText(finding, lineOf(finding.file, finding.line), reasonFor(finding), color), '\n');
      yield summary(result, target, mended);
    }
  }
}

/** What KServe does with a mistake, for the first finding of each rule: it is the same for all of them. */
function firstReasons(findings: readonly Finding[]): (finding: Finding) => string | undefined {
  const reasons = new Map(findings.length === 0 ? [] : rulePages().listedRules().map(({ id, why }) => [id, why]));
  return ({ rule }) => {
    const reason = reasons.get(rule);
    reasons.delete(rule);
    return reason;
  };
}

function* inPieces<T>(items: readonly T[], write: (item: T) => string, separator: string): Generator<string> {
  const SIZE = 1000;
  for (let start = 0; start < items.length; start += SIZE) {
    yield (start === 0 ? '' : separator) + items.slice(start, start + SIZE).map(write).join(separator);
  }
}

/** `JSON.stringify(value, null, 2)` of a value in which the empty list at the key is filled. */
function* asJson(value: object, key: string, findings: readonly Finding[], write: (finding: Finding) => object): Generator<string> {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  const list = `"${key}": [`;
  const at = text.indexOf(`${list}]`) + list.length;
  const indent = /\n( *)[^\n]*$/.exec(text.slice(0, at))![1];
  yield text.slice(0, at);
  yield* inPieces(findings, (finding) => `\n${JSON.stringify(write(finding), null, 2).replace(/^/gm, `${indent}  `)}`, ',');
  yield (findings.length === 0 ? '' : `\n${indent}`) + text.slice(at);
}

const COLORS: { readonly [severity in Severity]: number } = { error: 31, warning: 33, info: 36 };

/** Characters that a terminal obeys. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A text of the input as one line that no terminal obeys. */
export function printable(text: string): string {
  return text.replace(CONTROL, (c) => c === '\n' ? '\\n' : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** No terminal shows more of a line. */
const WIDTH = 160;

function asText(finding: Finding, source: string | undefined, reason: string | undefined, color: boolean): string {
  const { file, line, column, severity, rule, kind, name, message, help } = finding;
  const paint = (code: number, text: string) => color ? `\u001b[${code}m${text}\u001b[39m` : text;
  const gutter = String(line).length;
  // one column stays one column, for the caret
  const shown = source?.replace(CONTROL, ' ').slice(0, WIDTH);
  return [
    `${paint(COLORS[severity], severity)}: ${printable(message)}  (${rule})`,
    `${' '.repeat(gutter)}--> ${printable(file)}:${line}:${column}  ${kind} ${printable(name)}`,
    ...shown === undefined || column > WIDTH ? [] : [
      `${line} | ${shown}`,
      `${' '.repeat(gutter)} | ${' '.repeat(column - 1)}${paint(COLORS[severity], '^')}`,
    ],
    ...reason === undefined ? [] : [`${' '.repeat(gutter)} = note: ${reason}`],
    `${' '.repeat(gutter)} = ${printable(help)}`,
    '',
  ].join('\n');
}

function summary({ findings, objects, files }: LintResult, target: string, mended: number | undefined): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const counts = `${plural(count(Severity.ERROR), 'error')}, ${plural(count(Severity.WARNING), 'warning')}, ${count(Severity.INFO)} info`;
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  return [
    ...findings.length === 0 ? [] : ['\n'],
    `${plural(objects, 'object')} in ${plural(files, 'file')}, for KServe ${target}: ${findings.length === 0 ? 'nothing found' : counts}\n`,
    ...mended === undefined ? [] : [`${plural(mended, 'finding')} mended\n`],
    ...mended !== undefined || fixable === 0 ? [] : [`--fix can mend ${fixable} of them\n`],
  ].join('');
}

/** A workflow command of GitHub Actions, which shows the finding at its line. */
function asCommand({ severity, file, line, column, rule, message, help }: Finding): string {
  const level = severity === Severity.INFO ? 'notice' : severity;
  const data = (text: string) => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const property = (text: string) => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
  return `::${level} file=${property(file)},line=${line},col=${column},title=${property(rule)}::${data(`${message}: ${help}`)}\n`;
}

/** A file's path as a relative URI. */
function uriOf(file: string): string {
  return file.split(/[\\/]/).map(encodeURIComponent).join('/');
}

function levelOf(severity: Severity): string {
  return severity === Severity.INFO ? 'note' : severity;
}

function locationOf(file: string, line = 1, column = 1): object {
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line, startColumn: column } } };
}

function sarifResultOf({ rule, severity, message, help, file, line, column }: Finding): object {
  return { ruleId: rule, level: levelOf(severity), message: { text: `${message}: ${help}` }, locations: [locationOf(file, line, column)] };
}

/** SARIF 2.1.0, without its results. */
function sarifOf({ findings, unreadable }: LintResult): object {
  const used = new Set(findings.map(({ rule }) => rule));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      results: [],
      columnKind: 'utf16CodeUnits',
      tool: {
        driver: {
          name: 'cdk8s-kserve',
          rules: rulePages().listedRules().filter(({ id }) => used.has(id)).map(({ id, title, why, severity }) => ({
            id, shortDescription: { text: title }, fullDescription: { text: why }, defaultConfiguration: { level: levelOf(severity) },
          })),
        },
      },
      invocations: [{
        executionSuccessful: unreadable.length === 0,
        toolExecutionNotifications: unreadable.map(({ file, line, column, message }) => ({
          level: 'error', message: { text: message }, locations: [locationOf(file, line, column)],
        })),
      }],
    }],
  };
}
