import { Command, InvalidArgumentError, Option } from 'commander';
import { Severity } from '../../lint/severity';
import { patchOf, RELEASES, releaseOf } from '../../spec/versions';
import { inputsOf } from '../lint/inputs';
import { lintFiles } from '../lint/lint-files';
import { FORMATS, reportOf } from '../lint/reports';
import type { Format } from '../lint/reports';
import { EXIT, nameOf, Terminal } from '../terminal';

interface Options {
  readonly format: Format;
  readonly kserveVersion?: string;
  readonly mode?: 'Standard' | 'Knative';
  readonly strict?: boolean;
}

export function lintCommand(terminal: Terminal, end: (code: number) => void): Command {
  return new Command('lint')
    .description('find the mistakes in InferenceGraphs and InferenceServices, and how to mend them')
    .argument('<paths...>', 'files, folders, or - for standard input; YAML or JSON')
    .addOption(new Option('-f, --format <format>', 'how to answer').choices(FORMATS).default('text'))
    .option('--kserve-version <version>', `the KServe of the cluster: ${RELEASES.join(', ')}`, version)
    .addOption(new Option('--mode <mode>', "the cluster's default deployment mode").choices(['Standard', 'Knative']))
    .option('--strict', 'warnings count as errors do')
    .addHelpText('after', `
Example:
  $ cdk8s-kserve lint manifests/
  $ kubectl get inferencegraphs -o yaml | cdk8s-kserve lint -

A finding is acknowledged by the annotation 'acknowledge.cdk8s-kserve/<rule>: <reason>' on the object, or anywhere in the file by the
comment '# cdk8s-kserve: acknowledge <rule>: <reason>'.

Exit code: 0 no errors (with --strict: no warnings either), 1 findings, 2 some input cannot be used`)
    .action(async (paths: string[], { format, kserveVersion, mode, strict }: Options) => {
      const texts = new Map<string, string[]>();
      const read = async (path: string) => {
        const bytes = await terminal.read(path);
        if (format === 'text') {
          texts.set(path === '-' ? '<stdin>' : path, new TextDecoder().decode(bytes).split(/\r\n|\r|\n/));
        }
        return bytes;
      };
      const result = await lintFiles(await inputsOf(paths), read, { kserveVersion, deploymentMode: mode });
      terminal.out(reportOf(format, result, (file, line) => texts.get(file)?.[line - 1], terminal.color));
      result.unreadable.forEach(({ file, line, column, message }) => {
        terminal.err(`error: the input cannot be used, got ${nameOf(file)}${line === undefined ? '' : ` line ${line}, column ${column}`}: ${message}\n`);
      });
      const bad = result.findings.filter(({ severity }) => severity === Severity.ERROR || (strict === true && severity === Severity.WARNING));
      end(result.unreadable.length > 0 ? EXIT.UNUSABLE : bad.length > 0 ? EXIT.FINDINGS : EXIT.GOOD);
    });
}

function version(text: string): string {
  const release = releaseOf(text);
  if (release === undefined) {
    throw new InvalidArgumentError(`write one of ${RELEASES.join(', ')}`);
  }
  // a release means its newest patch, unless one is named
  return /^v?\d+\.\d+\.\d+$/.test(text) ? text.replace(/^v/, '') : patchOf(release);
}
