/** The modifiers of gjson v1.18.0. `@` with any other name is a key. */
export const MODIFIERS = [
  'pretty', 'ugly', 'reverse', 'this', 'flatten', 'join', 'valid', 'keys', 'values', 'tostr', 'fromstr', 'group', 'dig',
] as const;

export type ModifierName = typeof MODIFIERS[number];

export function isModifier(name: string): name is ModifierName {
  return (MODIFIERS as readonly string[]).includes(name);
}
