import { Yaml } from 'cdk8s';
import { formatPath } from '../lint/diagnostic';
import type { Diagnostic, Path } from '../lint/diagnostic';
import { Severity } from '../lint/severity';
import { quote } from '../lint/words';
import { fateOf, NO_YAML_CHARACTER, plainScalar } from '../spec/go-yaml';

/**
 * Texts of a manifest that kubectl does not read as cdk8s writes them: without quotes (`0o17`, `0B11`, `1e1_0`: all others are in quotes), or with a
 * character that is no YAML there.
 */
export function unsafeTexts(manifest: unknown): Diagnostic[] {
  const found: Diagnostic[] = [];
  const here: (string | number)[] = []; // one for all texts: nearly all are well
  const judge = (text: string, isKey: boolean) => {
    const fate = isKey && text === MERGE ? 'reads a merge key' : fateOfText(text);
    if (fate !== undefined) {
      const path: Path = [...here];
      const place = isKey ? `a key of ${formatPath(path.slice(0, -1))}` : formatPath(path);
      const message = `${place} is not read as it is written: kubectl ${fate}, got ${quote(text)}`;
      found.push({ rule: 'yaml-read-otherwise', severity: Severity.ERROR, path, message, help: 'choose another text' });
    }
  };
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      judge(value, false);
    } else if (Array.isArray(value)) {
      value.forEach((item, i) => {
        here.push(i);
        look(item);
        here.pop();
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const key in value) {
        here.push(key);
        judge(key, true);
        look((value as { readonly [name: string]: unknown })[key]);
        here.pop();
      }
    }
  };
  look(manifest);
  return found;
}

/** A key that is none. */
const MERGE = '<<';

/** What kubectl makes of a text as cdk8s writes it, where that is something else. */
function fateOfText(text: string): string | undefined {
  // cdk8s writes those below the space as escapes
  const odd = NO_YAML_CHARACTER.test(text) ? Array.from(text).find((character) => character > ' ' && NO_YAML_CHARACTER.test(character)) : undefined;
  if (odd !== undefined) {
    return fateOf(odd);
  }
  const value = plainScalar(text);
  return typeof value === 'string' || !Yaml.stringify(text).startsWith(`${text}\n`) ? undefined : `reads ${String(value)}, since cdk8s writes no quotes`;
}
