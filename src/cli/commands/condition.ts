import { Command, Option } from 'commander';
import { analyze, Trap } from '../../gjson/analyze';
import { GjsonLimitError } from '../../gjson/budget';
import { byteText, textOf } from '../../gjson/bytes';
import { comparedPaths, explainCondition } from '../../gjson/explain';
import { Gjson, GjsonResult } from '../../gjson/gjson';
import { Path } from '../../gjson/parse';
import { isValidJson } from '../../gjson/valid';
import { EXIT, green, nameOf, readInput, red, Terminal, Unusable } from '../terminal';

/** What is known about a condition; `--format json` prints it. */
interface Answer {
  readonly condition: string;
  readonly explanation: string;
  /** `always`, `never` or `sometimes`. */
  readonly verdict: string;
  readonly traps: readonly Trap[];
  readonly input?: Input;
}

interface Input {
  readonly matches: boolean;
  /** What the path found: its type and JSON text. */
  readonly found?: { readonly type: string; readonly raw: string };
  /** The fields that were compared, and what they are in the document; no text where they are missing. */
  readonly compared: ReadonlyArray<{ readonly path: string; readonly raw?: string }>;
}

interface Options {
  readonly input?: string;
  readonly format: 'text' | 'json';
}

export function conditionCommand(terminal: Terminal, end: (code: number) => void): Command {
  return new Command('condition')
    .description('explain the condition of a step, and try it on a document')
    .argument('<path>', 'the condition: a GJSON path, which matches if it exists')
    .addOption(new Option('-i, --input <file>', 'a JSON document to try it on, - for standard input'))
    .addOption(new Option('-f, --format <format>', 'how to answer').choices(['text', 'json']).default('text'))
    .addHelpText('after', `
Example:
  $ echo '{"predictions":["dog"]}' | cdk8s-kserve condition '[@this].#(predictions.0=="dog")' --input -

Exit code: 0 it matches (without --input: it can), 1 it does not, 2 the input cannot be used`)
    .action(async (path: string, options: Options) => {
      const answer = answerOf(path, options.input === undefined ? undefined : await documentOf(terminal, options.input));
      terminal.out(options.format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : inText(answer, terminal));
      const matches = answer.input?.matches ?? answer.verdict !== 'never';
      end(matches ? EXIT.GOOD : EXIT.FINDINGS);
    });
}

async function documentOf(terminal: Terminal, file: string): Promise<Uint8Array> {
  const json = await readInput(terminal, file);
  if (!isValidJson(json)) {
    const start = textOf(json.subarray(0, 40)).trim();
    throw new Unusable(`the input is no valid JSON, got '${start}'${json.length > 40 ? '…' : ''} in ${nameOf(file)}: `
      + 'give one JSON document (the router matches nothing in this one, and a Sequence answers 500)');
  }
  return json;
}

function answerOf(path: string, json?: Uint8Array): Answer {
  try {
    return {
      condition: path,
      explanation: explainCondition(path),
      ...analyze(path),
      ...json !== undefined && { input: tried(path, json) },
    };
  } catch (error) {
    throw error instanceof GjsonLimitError ? new Unusable(error.message) : error;
  }
}

function tried(path: string, json: Uint8Array): Input {
  const { exists, type, raw } = GjsonResult._of(Gjson._evaluate(json, path));
  return {
    matches: exists,
    ...exists && { found: { type, raw } },
    compared: comparedPaths(new Path(byteText(path))).map((compared) => {
      const value = GjsonResult._of(Gjson._evaluate(json, compared));
      return { path: compared, ...value.exists && { raw: value.raw } };
    }),
  };
}

const WIDTH = 100;

function inText({ condition, explanation, verdict, traps, input }: Answer, terminal: Terminal): string {
  const lines = [condition, `  ${explanation}`];
  if (verdict !== 'sometimes') {
    lines.push(`  ${verdict} matches, whatever the document is`);
  }
  for (const trap of traps) {
    lines.push(`  careful: ${trap.reason} (${trap.id})`);
    if (trap.mend !== undefined) {
      lines.push(`    instead: ${trap.mend}`);
    }
  }
  if (input !== undefined) {
    lines.push(input.matches
      ? green(terminal, `match: ${shortened(input.found?.raw ?? '')}`)
      : red(terminal, 'no match'));
    lines.push(...input.compared.map(({ path, raw }) => `  ${path} is ${raw === undefined ? 'missing' : shortened(raw)}`));
  }
  return `${lines.join('\n')}\n`;
}

function shortened(raw: string): string {
  const line = raw.replace(/\s+/g, ' ').trim();
  return line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line;
}
