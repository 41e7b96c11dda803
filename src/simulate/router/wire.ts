import type { Outcome } from './effects';
import { RouterPanic } from './effects';
import { NO_BYTES } from '../go/bytes';
import { detectContentType } from '../go/content-type';
import { errorBody } from '../go/json';
import { isValidJson } from '../go/json-syntax';

/** What a client of the router gets. */
export interface Reply {
  readonly status: number;
  /** Empty where the server writes none. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * What the router's handler and Go's HTTP server make of the root's outcome (main.go, graphHandler).
 * @throws RouterPanic for a status that is none
 */
export function reply(outcome: Outcome): Reply {
  if (outcome.cause !== undefined) return { status: outcome.status, contentType: 'application/json', body: errorBody(outcome.cause) };
  const { status, body } = outcome;
  if (status < 100 || status > 999) throw new RouterPanic(`invalid WriteHeader code ${status}`, false);
  const isJson = isValidJson(body);
  if (status < 200 || status === 204 || status === 304) return { status, contentType: isJson ? 'application/json' : '', body: NO_BYTES };
  return { status, contentType: isJson ? 'application/json' : body.length > 0 ? detectContentType(body) : '', body };
}
