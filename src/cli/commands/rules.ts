import { Command } from 'commander';
import { nearest } from '../../lint/words';
import { listedRules, pageOf } from '../lint/rule-pages';
import { EXIT, Terminal, Unusable } from '../terminal';

export function rulesCommand(terminal: Terminal, end: (code: number) => void): Command {
  return new Command('rules')
    .description('list the rules of lint, or tell of one')
    .argument('[id]', 'a rule')
    .addHelpText('after', `
Example:
  $ cdk8s-kserve rules condition-on-first-step

Exit code: 0, or 2 where there is no such rule`)
    .action((id: string | undefined) => {
      const rules = listedRules();
      if (id === undefined) {
        const width = Math.max(...rules.map((rule) => rule.id.length));
        terminal.out(rules.map((rule) => `${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.title}\n`).join(''));
        end(EXIT.GOOD);
        return;
      }
      const found = rules.find((rule) => rule.id === id);
      if (found === undefined) {
        const meant = nearest(id, rules.map((rule) => rule.id));
        throw new Unusable(`there is no such rule, got '${id}': ${meant === undefined ? "'cdk8s-kserve rules' lists them" : `did you mean '${meant}'?`}`);
      }
      terminal.out(`${pageOf(found).trimEnd()}\n`);
      end(EXIT.GOOD);
    });
}
