import type { Position } from './documents';

/** What may be followed, or preceded, by what kubectl does not take: a `---`, but for a comment behind it, and a `...`. */
const SUSPECT = /^(?:---[ \t]*[^\s#]|\.\.\.(?!\S))/m;

const BORDER_THAT_GOES_ON = /^---[ \t]*[^\s#]/;
const END = /^\.\.\.(?!\S)/;

/** A line of which no document is made. */
const IDLE = /^[ \t]*(?:#.*)?\r?$/;

/** No more are told. */
const PROBLEMS = 100;

/**
 * Where kubectl reads the borders of documents otherwise than YAML has them (YAMLReader in k8s.io/apimachinery/pkg/util/yaml, v0.34.3): it takes
 * nothing but a comment behind `---`, no `...` without a document before it, and what follows one up to the next `---` it passes over.
 */
export function markerProblems(text: string): (Position & { readonly message: string })[] {
  const problems: (Position & { readonly message: string })[] = [];
  if (!SUSPECT.test(text)) {
    return problems;
  }
  const problemIn = (line: number, message: string) => problems.push({ line, column: 1, message });
  let state: 'nothing' | 'document' | 'ended' | 'told' = 'nothing';
  for (let line = 1, start = 0; start < text.length && problems.length < PROBLEMS; line++) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd === -1 ? text.length : lineEnd;
    const content = text.slice(start, end);
    if (content.startsWith('---')) {
      if (BORDER_THAT_GOES_ON.test(content)) {
        problemIn(line, 'kubectl refuses a line that begins with --- and goes on: write what follows on a line of its own');
      }
      state = 'nothing';
    } else if (END.test(content)) {
      if (state === 'nothing') {
        problemIn(line, 'kubectl refuses ... without a document before it: remove it, or write # before it');
      }
      state = state === 'document' ? 'ended' : state === 'ended' ? state : 'told';
    } else if (!IDLE.test(content)) {
      if (state === 'ended' && !content.startsWith('%')) {
        problemIn(line, 'kubectl passes over what follows ... up to the next ---: write --- before it');
        state = 'told';
      }
      state = state === 'nothing' ? 'document' : state;
    }
    start = end + 1;
  }
  return problems;
}
