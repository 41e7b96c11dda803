import { NO_BYTES } from './go/bytes';
import { text, utf8 } from '../spec/utf8';

/** How a stub model answers, beside its body. */
export interface ModelAnswerOptions {
  /**
   * The HTTP status, 200 to 599.
   * @default 200
   */
  readonly status?: number;

  /**
   * How long the model takes, in milliseconds. The simulator counts the time and does not wait; `cdk8s-kserve serve` waits.
   * @default 0
   */
  readonly delayMillis?: number;
}

/** One answer of a stub model: a status with a body, or the failure to answer. */
export class ModelAnswer {
  /**
   * A JSON object or list.
   * @throws when status or delay are none
   */
  public static json(body: object, options: ModelAnswerOptions = {}): ModelAnswer {
    return new ModelAnswer(utf8(JSON.stringify(body)), options);
  }

  /**
   * Any text, JSON or not, sent as it is.
   * @throws when status or delay are none
   */
  public static text(body: string, options: ModelAnswerOptions = {}): ModelAnswer {
    return new ModelAnswer(utf8(body), options);
  }

  /**
   * No answer: nothing listens there. The router answers 500, whatever the step's dependency.
   * @param reason what Go's HTTP client says; it ends up in the error body after `Post "<url>": `
   */
  public static unreachable(reason: string = 'dial tcp: connect: connection refused'): ModelAnswer {
    return new ModelAnswer(NO_BYTES, {}, reason);
  }

  /** An answer that breaks off before its body is complete. The router answers 500 `unexpected EOF`. */
  public static brokenOff(): ModelAnswer {
    return new ModelAnswer(NO_BYTES, {}, undefined, 'unexpected EOF');
  }

  /** @internal */
  public static _bytes(body: Uint8Array, options: ModelAnswerOptions = {}): ModelAnswer {
    return new ModelAnswer(body, options);
  }

  /** The HTTP status. */
  public readonly status: number;

  /** The time the answer takes, in milliseconds. */
  public readonly delayMillis: number;

  /** Why there is no answer; undefined where there is one. */
  public readonly failure?: string;

  /** @internal */
  public readonly _body: Uint8Array;

  /** @internal */
  public readonly _bodyError?: string;

  private constructor(body: Uint8Array, options: ModelAnswerOptions, failure?: string, bodyError?: string) {
    const { status = 200, delayMillis = 0 } = options;
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new Error(`a model's status must be a whole number from 200 to 599, got ${status}: give an HTTP status such as 503, or use ModelAnswer.unreachable()`);
    }
    if (!Number.isFinite(delayMillis) || delayMillis < 0) {
      throw new Error(`a model's delayMillis must be 0 or more, got ${delayMillis}: give a time in milliseconds`);
    }
    this.status = status;
    this.delayMillis = delayMillis;
    this.failure = failure;
    this._body = body;
    this._bodyError = bodyError;
  }

  /** The body as text. */
  public get body(): string {
    return text(this._body);
  }

  /** The same answer after so many milliseconds. */
  public after(delayMillis: number): ModelAnswer {
    return new ModelAnswer(this._body, { status: this.status, delayMillis }, this.failure, this._bodyError);
  }
}
