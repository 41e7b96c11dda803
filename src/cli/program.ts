import { Command, CommanderError } from 'commander';
import { EXIT, Terminal, Unusable } from './terminal';
import { NEWEST_RELEASE, RELEASES } from '../spec/versions';

/** A verb: it adds itself to the program, and tells how it ended. */
export type Verb = (terminal: Terminal, end: (code: number) => void) => Command;

/* eslint-disable @typescript-eslint/no-require-imports */
/** Each is loaded when it is called, since most load much that the others do not need. */
const VERBS: { readonly [name: string]: () => Verb } = {
  lint: () => (require('./commands/lint') as typeof import('./commands/lint')).lintCommand,
  rules: () => (require('./commands/rules') as typeof import('./commands/rules')).rulesCommand,
  condition: () => (require('./commands/condition') as typeof import('./commands/condition')).conditionCommand,
  serve: () => (require('./commands/serve') as typeof import('./commands/serve')).serveCommand,
  simulate: () => (require('./commands/simulate') as typeof import('./commands/simulate')).simulateCommand,
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** Runs the program with these arguments (those behind its own name); returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.GOOD;
  const program = new Command('cdk8s-kserve')
    .description('KServe InferenceGraphs, checked and tried before a cluster sees them')
    .version(`cdk8s-kserve ${ownVersion()}, for KServe ${RELEASES[0]} to ${NEWEST_RELEASE}`, '-V, --version', 'tell the version')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(cdk8s-kserve --help shows how it is called)');
  // help, and a name that is none, need all of them
  const called = Object.hasOwn(VERBS, args[0] ?? '') ? [args[0]] : Object.keys(VERBS);
  for (const name of called) {
    program.addCommand(VERBS[name]()(terminal, (ended) => { code = ended; }).exitOverride().copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.GOOD : EXIT.UNUSABLE; // commander has said why
    }
    if (error instanceof Unusable) {
      terminal.err(`error: ${error.message}\n`);
      return EXIT.UNUSABLE;
    }
    throw error;
  }
}

function ownVersion(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('../../package.json') as { version: string }).version;
}
