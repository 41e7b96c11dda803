import { ByteBuffer } from './bytes';
import { appendQuoted } from './json-string';
import { jsonSyntaxError } from './json-syntax';
import { kindAt, members, NumberRangeError, rewrite, writeObject } from './json-value';
import { text, utf8 } from '../../spec/utf8';

/** A body that Go decoded and wrote again, or the error that it gave. */
export interface Decoded {
  readonly bytes?: Uint8Array;
  readonly error?: string;
}

/** `json.Unmarshal` into `map[string]interface{}`, then `json.Marshal`: what an Ensemble does to each answer. */
export function rewriteObject(body: Uint8Array): Decoded {
  const syntax = jsonSyntaxError(body);
  if (syntax !== undefined) return { error: syntax };
  const kind = kindAt(body, 0);
  if (kind !== 'object' && kind !== 'null') {
    return { error: `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}` };
  }
  return guarded(() => rewrite(body, 0).bytes);
}

/**
 * What `mapPredictionsToInstances` makes of a request: `{"instances":[…]}` of its non-empty `predictions`; `undefined` where the
 * router leaves the request as it is. Both names are matched as Go matches struct fields: whatever the case, the last one wins.
 */
export function predictionsAsInstances(body: Uint8Array): Uint8Array | undefined {
  if (jsonSyntaxError(body) !== undefined || kindAt(body, 0) !== 'object') return undefined;
  let predictions: Uint8Array | undefined;
  for (const { key, valueAt } of members(body)) {
    const field = foldedName(key);
    if (field !== 'predictions' && field !== 'instances') continue;
    const kind = kindAt(body, valueAt);
    if (kind !== 'array' && kind !== 'null') return undefined; // Unmarshal fails
    const value = guarded(() => rewrite(body, valueAt).bytes);
    if (value.error !== undefined) return undefined;
    if (field === 'predictions') predictions = value.bytes;
  }
  const isEmpty = predictions === undefined || predictions[0] === 0x6e || predictions.length === 2;
  return isEmpty ? undefined : writeObject([{ key: utf8('instances'), value: predictions! }]);
}

/** `json.Marshal` of an object of values that were rewritten before. */
export function marshalObject(entries: readonly { key: string; value: Uint8Array }[]): Uint8Array {
  const byKey = new Map<string, Uint8Array>();
  entries.forEach(({ key, value }) => byKey.set(key, value));
  return writeObject([...byKey].map(([key, value]) => ({ key: utf8(key), value })));
}

/** The router's error body (cmd/router/router_error.go). */
export function errorBody(cause: string): Uint8Array {
  const out = new ByteBuffer();
  out.ascii('{"error":"Failed to process request","cause":');
  appendQuoted(out, utf8(cause));
  out.byte(0x7d);
  return out.written();
}

/** Go folds names by simple case folding: of our letters only `s` has a relative outside ASCII, U+017F. */
function foldedName(key: Uint8Array): string {
  return text(key).replace(/\u017f/g, 's').replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function guarded(read: () => Uint8Array): Decoded {
  try {
    return { bytes: read() };
  } catch (error) {
    if (error instanceof NumberRangeError) return { error: error.message };
    throw error;
  }
}
