import type { Position } from './documents';
import { Lines } from './lines';

/** What begins a line of its own and is followed by what kubectl does not take. A `---` with a comment is well, and `...` is where a document ends. */
const SUSPECT = /^(?:---[ \t]*[^\s#]|\.\.\.(?!\S))/gm;

/** A line that may stand between `...` and the next `---`: a comment, a directive, another `...`, nothing. */
const IDLE = /^(?:[ \t]*(?:#.*)?|%.*|\.\.\.(?:[ \t].*)?)\r?$/;

/**
 * Where kubectl reads the borders of documents otherwise than YAML has them (YAMLReader in k8s.io/apimachinery/pkg/util/yaml, v0.34.3): it takes
 * nothing but a comment behind `---`, and what follows `...` up to the next `---` it passes over.
 */
export function markerProblems(text: string): (Position & { readonly message: string })[] {
  if (text.search(SUSPECT) === -1) {
    return [];
  }
  const suspects = Array.from(text.matchAll(SUSPECT), ({ index }) => index);
  const lines = new Lines(text);
  return suspects.flatMap((index) => {
    if (text.startsWith('-', index)) {
      return [{ ...lines.at(index), message: 'kubectl refuses a line that begins with --- and goes on: write what follows on a line of its own' }];
    }
    const passedOver = firstNotIdle(text, text.indexOf('\n', index) + 1 || text.length);
    return passedOver === undefined ? [] : [{ ...lines.at(passedOver), message: 'kubectl passes over what follows ... up to the next ---: write --- before it' }];
  });
}

/** Where the first line after `...` begins that is lost; undefined where none is. */
function firstNotIdle(text: string, start: number): number | undefined {
  for (let at = start; at < text.length;) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? text.length : end);
    if (line.startsWith('---')) {
      return undefined;
    }
    if (!IDLE.test(line)) {
      return at;
    }
    at = end === -1 ? text.length : end + 1;
  }
  return undefined;
}
