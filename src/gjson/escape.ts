/** Letters, digits, `_`, `-`, `:`, everything up to a space and everything beyond `~` stand for themselves in a path; the rest may mean something. */
const SPECIAL = /[!-,./;-@[-^`{-~]/g;

/** One object key as a path component, by the rule of gjson's own `Escape` (gjson v1.18.0). */
export function escapeKey(key: string): string {
  return key.replace(SPECIAL, '\\$&');
}

/**
 * A text as the right side of a comparison. gjson decodes it as JSON text only if the query holds a backslash,
 * and that decoding stops at a raw control character: the escapes of JSON are right in both cases.
 */
export function quoteText(text: string): string {
  return JSON.stringify(text);
}

/** A glob that matches exactly this text. */
export function literalGlob(text: string): string {
  return text.replace(/[*?\\]/g, '\\$&');
}

/** Operator and operand of "matches this glob". gjson reads an operand that begins with `~` as a test of truth, even in quotes. */
export function globTest(glob: string): string {
  return `%${quoteText(glob.startsWith('~') ? `\\${glob}` : glob)}`;
}

/** Operator and operand of "is this text"; by a glob where `==` cannot say it. */
export function textTest(text: string): string {
  return text.startsWith('~') ? globTest(literalGlob(text)) : `==${quoteText(text)}`;
}

/** Whether every surrogate has its partner: only such a text has a form in UTF-8, which YAML, JSON and gjson work on. */
export function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}
