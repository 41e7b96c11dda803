import { Command, InvalidArgumentError, Option } from 'commander';
import { NEWEST_RELEASE, OLDEST_RELEASE, versionOf } from '../../spec/versions';
import { MODES } from '../lint/config';
import { FORMATS } from '../lint/reports';
import { runLint } from '../lint/run-lint';
import type { LintOptions } from '../lint/run-lint';
import { Terminal } from '../terminal';

export function lintCommand(terminal: Terminal, end: (code: number) => void): Command {
  return new Command('lint')
    .description('find the mistakes in InferenceGraphs, InferenceServices and ServingRuntimes, and how to mend them')
    .argument('<paths...>', 'files, folders, globs in quotes, or - for standard input; YAML or JSON')
    .addOption(new Option('-f, --format <format>', 'how to answer').choices(FORMATS).default('text'))
    .option('--fix', 'mend what can be mended without a choice, in the files themselves; standard input goes to standard output')
    .option('--kserve-version <version>', `the KServe of the cluster, from ${OLDEST_RELEASE} to ${NEWEST_RELEASE}`, version)
    .addOption(new Option('--mode <mode>', "the cluster's default deployment mode").choices(MODES))
    .option('--strict', 'warnings count as errors do')
    .option('--no-strict', 'they do not, whatever the configuration says')
    .option('--config <file>', 'the configuration (default: .cdk8s-kserve.yaml of this folder, if there is one)')
    .addHelpText('after', `
Example:
  $ cdk8s-kserve lint manifests/
  $ cdk8s-kserve lint 'apps/**/*.yaml' --fix
  $ kubectl get inferencegraphs -o yaml | cdk8s-kserve lint -

A finding is acknowledged by the annotation 'acknowledge.cdk8s-kserve/<rule>: <reason>' on the object, or anywhere in the file by the
comment '# cdk8s-kserve: acknowledge <rule>: <reason>'.

Exit code: 0 no errors (with --strict: no warnings either), 1 findings, 2 some input cannot be used`)
    .action(async (paths: string[], options: LintOptions) => end(await runLint(terminal, paths, options)));
}

function version(text: string): string {
  const found = versionOf(text);
  if (found === undefined) {
    throw new InvalidArgumentError(`write a release from ${OLDEST_RELEASE} to ${NEWEST_RELEASE}`);
  }
  return found;
}
