/** What a command may touch of the world outside. */
export interface Terminal {
  /**
   * The bytes of a file, or of standard input for `-`.
   *
   * @throws what the operating system says
   */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** Standard output: the answer and nothing else. */
  readonly out: (text: string) => void;
  /** Standard error. */
  readonly err: (text: string) => void;
  /** Whether standard output shows colours. */
  readonly color: boolean;
}

/** How a command ends. */
export const EXIT = {
  /** All is well; a condition matches. */
  GOOD: 0,
  /** There are findings; a condition does not match. */
  FINDINGS: 1,
  /** The input or the call cannot be used. */
  UNUSABLE: 2,
} as const;

/** Bad input: one clear line, no stack trace, exit code 2. */
export class Unusable extends Error {}

/** The bytes of an input that the user named. */
export async function readInput(terminal: Terminal, path: string): Promise<Uint8Array> {
  try {
    return await terminal.read(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : (error as Error).message;
    throw new Unusable(`the input cannot be read, got ${nameOf(path)}: ${reason}`);
  }
}

/** An input as messages name it. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : `'${path}'`;
}

export function green(terminal: Terminal, text: string): string {
  return terminal.color ? `\u001b[32m${text}\u001b[39m` : text;
}

export function red(terminal: Terminal, text: string): string {
  return terminal.color ? `\u001b[31m${text}\u001b[39m` : text;
}
