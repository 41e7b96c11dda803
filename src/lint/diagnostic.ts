import type { Fix } from './fix';
import type { Severity } from './severity';

/** Where in a document something stands: keys and indexes from the top. */
export type Path = readonly (string | number)[];

/** A part of a document that a finding can point at. */
export interface Located {
  readonly path: Path;
}

/** One finding: what is wrong, where, and how to mend it. */
export interface Diagnostic {
  /** The rule's id, in kebab case. */
  readonly rule: string;
  readonly severity: Severity;
  readonly path: Path;
  /** Whether the last key of the path is meant, and not the value there. @default false */
  readonly atKey?: boolean;
  /** What is wrong, with the user's own names and the value that was found. */
  readonly message: string;
  /** What to do, as an order. */
  readonly help: string;
  /** The edit that does it, where no human has to choose. */
  readonly fix?: Fix;
}

/** A path as people write it: `spec.nodes.root.steps[0].weight`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') {
      return `${text}[${key}]`;
    }
    const part = /^[A-Za-z_$][\w$-]*$/.test(key) ? key : `[${JSON.stringify(key)}]`;
    return text === '' || part.startsWith('[') ? text + part : `${text}.${part}`;
  }, '');
}

/** A finding as one line. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  return `${diagnostic.message}: ${diagnostic.help}  (${diagnostic.rule})`;
}
