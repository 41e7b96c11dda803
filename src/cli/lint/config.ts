import { rulePages } from './on-demand';
import type { Path } from '../../lint/diagnostic';
import { formatPath } from '../../lint/diagnostic';
import { isMap } from '../../lint/json';
import { Severity } from '../../lint/severity';
import { alternatives, nearest, quote } from '../../lint/words';
import { NEWEST_RELEASE, OLDEST_RELEASE, RELEASES, versionOf } from '../../spec/versions';
import { nameOf, Unusable } from '../terminal';

/** The file that is looked for in the working directory. */
export const CONFIG_FILE = '.cdk8s-kserve.yaml';

export const MODES = ['Standard', 'Knative'] as const;

/** What becomes of a rule's findings. */
export interface RuleSetting {
  /** Off where there is none. */
  readonly severity?: Severity;
  /** Why; told to whoever reads the file. */
  readonly reason: string;
}

/** What a configuration file says. */
export interface LintConfig {
  /** As `major.minor.patch`. */
  readonly kserveVersion?: string;
  readonly mode?: typeof MODES[number];
  readonly strict?: boolean;
  /** Globs of files that folders and globs pass over, from the folder of the configuration. */
  readonly ignore: readonly string[];
  readonly rules: ReadonlyMap<string, RuleSetting>;
}

export const NO_CONFIG: LintConfig = { ignore: [], rules: new Map() };

/**
 * Reads a configuration.
 * @param file its name, for messages
 * @throws with every problem, each with line and column
 */
export function readConfig(bytes: Uint8Array, file: string): LintConfig {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('yaml') as typeof import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(new TextDecoder().decode(bytes), { lineCounter: lines, uniqueKeys: true, version: '1.2', logLevel: 'error' });
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `line ${Math.max(line, 1)}, column ${Math.max(col, 1)}`;
  };
  // the place of a value, or of what is around it
  const placeOf = (path: Path) => placeAt(
    path.reduce<number>((place, _, i) => rangeOf(document.getIn(path.slice(0, i + 1), true)) ?? place, rangeOf(document.contents) ?? 0),
  );
  const [error] = document.errors;
  const { config, problems } = error === undefined ? configFrom(document.toJS({ maxAliasCount: 0 }) ?? {}) : {
    config: NO_CONFIG, problems: [{ path: [], text: error.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '') }],
  };
  if (problems.length > 0) {
    const places = problems.map(({ path }) => error === undefined ? placeOf(path) : placeAt(error.pos[0]));
    throw new Unusable(problems.map(({ text }, i) => `the configuration cannot be used, got ${nameOf(file)} ${places[i]}: ${text}`).join('\nerror: '));
  }
  return config;
}

function rangeOf(node: unknown): number | undefined {
  return (node as { readonly range?: readonly number[] } | null | undefined)?.range?.[0];
}

/** Something that a configuration cannot say. */
export interface ConfigProblem {
  readonly path: Path;
  readonly text: string;
}

/** A configuration from what its file, or a plugin's properties, hold. */
export function configFrom(value: unknown): { readonly config: LintConfig; readonly problems: readonly ConfigProblem[] } {
  const reader = new ConfigReader();
  const config = reader.read(value);
  return { config, problems: reader.problems };
}

const KEYS = ['kserveVersion', 'mode', 'strict', 'ignore', 'rules'];
const SETTINGS = ['severity', 'reason'];
const SEVERITIES = ['off', Severity.INFO, Severity.WARNING, Severity.ERROR];

class ConfigReader {
  public readonly problems: ConfigProblem[] = [];

  public read(top: unknown): LintConfig {
    if (!isMap(top)) {
      this.say([], `it must be a map of settings, got ${quote(top)}`);
      return NO_CONFIG;
    }
    this.checkKeys(top, [], KEYS);
    const { kserveVersion, mode, strict, ignore, rules } = top;
    return {
      kserveVersion: this.version(kserveVersion),
      mode: this.oneOf(mode, ['mode'], MODES),
      strict: this.flag(strict),
      ignore: this.globs(ignore),
      rules: this.rules(rules),
    };
  }

  private version(value: unknown): string | undefined {
    const version = typeof value === 'string' ? versionOf(value) : undefined;
    if (value !== undefined && version === undefined) {
      const hint = typeof value === 'number' ? `in quotes, such as ${quote(RELEASES[RELEASES.length - 1])}` : `as a release from ${OLDEST_RELEASE} to ${NEWEST_RELEASE}`;
      this.say(['kserveVersion'], `kserveVersion must be a KServe version, got ${quote(value)}: write it ${hint}`);
    }
    return version;
  }

  private oneOf<T extends string>(value: unknown, path: Path, values: readonly T[]): T | undefined {
    const found = values.find((allowed) => allowed === value);
    if (value !== undefined && found === undefined) {
      const meant = typeof value === 'string' ? nearest(value, values) : undefined;
      this.say(path, `${formatPath(path)} must be ${alternatives(values)}, got ${quote(value)}: ${meant === undefined ? 'write one of them' : `did you mean '${meant}'?`}`);
    }
    return found;
  }

  private flag(value: unknown): boolean | undefined {
    if (value !== undefined && typeof value !== 'boolean') {
      this.say(['strict'], `strict must be true or false, got ${quote(value)}: write one of them`);
      return undefined;
    }
    return value;
  }

  private globs(value: unknown): string[] {
    if (value !== undefined && !(Array.isArray(value) && value.every((glob) => typeof glob === 'string' && glob !== ''))) {
      this.say(['ignore'], `ignore must be a list of globs, got ${quote(value)}: write it as - 'vendor/**'`);
      return [];
    }
    return (value ?? []) as string[];
  }

  private rules(value: unknown): ReadonlyMap<string, RuleSetting> {
    if (value !== undefined && !isMap(value)) {
      this.say(['rules'], `rules must be a map from rules to settings, got ${quote(value)}: write { <rule>: { severity, reason } }`);
      return new Map();
    }
    const known = rulePages().listedRules().map((rule) => rule.id);
    return new Map(Object.entries(value ?? {}).flatMap(([id, setting]): [string, RuleSetting][] => {
      const path = ['rules', id];
      if (!known.includes(id)) {
        const meant = nearest(id, known);
        this.say(path, `there is no rule ${quote(id)}: ${meant === undefined ? "'cdk8s-kserve rules' lists them" : `did you mean '${meant}'?`}`);
      } else if (!isMap(setting)) {
        this.say(path, `the rule ${id} must have a map of settings, got ${quote(setting)}: write { severity: ${alternatives(SEVERITIES)}, reason: … }`);
      } else {
        this.checkKeys(setting, path, SETTINGS);
        const severity = this.oneOf(setting.severity ?? null, [...path, 'severity'], SEVERITIES);
        if (typeof setting.reason !== 'string' || setting.reason.trim() === '') {
          this.say(path, `the rule ${id} has no reason: say why with 'reason'`);
        } else if (severity !== undefined) {
          return [[id, { severity: severity === 'off' ? undefined : severity as Severity, reason: setting.reason }]];
        }
      }
      return [];
    }));
  }

  private checkKeys(map: object, path: Path, known: readonly string[]): void {
    Object.keys(map).filter((key) => !known.includes(key)).forEach((key) => {
      const meant = nearest(key, known);
      this.say([...path, key], `${formatPath(path) || 'it'} has an unknown key ${quote(key)}: ${meant === undefined ? `it may have ${alternatives(known)}` : `did you mean '${meant}'?`}`);
    });
  }

  private say(path: Path, text: string): void {
    this.problems.push({ path, text });
  }
}
