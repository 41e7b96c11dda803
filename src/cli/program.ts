import { Command, CommanderError } from 'commander';
import { conditionCommand } from './commands/condition';
import { lintCommand } from './commands/lint';
import { rulesCommand } from './commands/rules';
import { serveCommand } from './commands/serve';
import { simulateCommand } from './commands/simulate';
import { EXIT, Terminal, Unusable } from './terminal';

/** A verb: it adds itself to the program, and tells how it ended. */
export type Verb = (terminal: Terminal, end: (code: number) => void) => Command;

const VERBS: readonly Verb[] = [lintCommand, rulesCommand, conditionCommand, serveCommand, simulateCommand];

/** Runs the program with these arguments (those behind its own name); returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.GOOD;
  const program = new Command('cdk8s-kserve')
    .description('KServe InferenceGraphs, checked and tried before a cluster sees them')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(cdk8s-kserve --help shows how it is called)');
  for (const verb of VERBS) {
    program.addCommand(verb(terminal, (ended) => { code = ended; }).exitOverride().copyInheritedSettings(program));
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
