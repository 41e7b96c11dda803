import type { GoHeaders } from './go/header';
import type { InferenceGraphSpec } from '../spec/inference-graph';
import type { NodeRecord } from './router/trace';
import type { Reply } from './router/wire';

/** All that is kept of a request: bytes, and texts only where someone asks. */
export interface RunRecord {
  readonly spec: InferenceGraphSpec;
  readonly root: NodeRecord;
  readonly calls: readonly CallRecord[];
  readonly reply?: Reply;
  /** Why there is no reply. */
  readonly panic?: string;
  readonly elapsed: number;
}

export interface CallRecord {
  readonly node: string;
  readonly step: string;
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly headers: GoHeaders;
  readonly started: number;
}
