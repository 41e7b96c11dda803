import type { Position } from './documents';

const BORDER_THAT_GOES_ON = /^---[ \t]*[^\s#]/;
const END = /^\.\.\.(?!\S)/;

/** Most texts have neither, and are not gone through by lines. */
const EITHER = new RegExp(`${BORDER_THAT_GOES_ON.source}|${END.source}`, 'm');

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
  if (!EITHER.test(text)) {
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
        state = 'told';
      } else if (state === 'document') {
        state = 'ended';
      }
    } else if (!IDLE.test(content)) {
      if (state === 'nothing') {
        state = 'document';
      } else if (state === 'ended' && !content.startsWith('%')) {
        problemIn(line, 'kubectl passes over what follows ... up to the next ---: write --- before it');
        state = 'told';
      }
    }
    start = end + 1;
  }
  return problems;
}
