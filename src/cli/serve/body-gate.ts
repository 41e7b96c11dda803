/** A body that is read from a client. */
export interface BodyReader {
  /** How many bytes have come. */
  readonly received: number;
  /** Called once, when its turn has come. */
  begin(): void;
}

const LOOK_MILLIS = 20;
/** A client that sends less between two looks is slow: it reads on beside the others, and keeps nobody waiting. */
const LEAST_BYTES = 64 * 1024;

/**
 * Lets large bodies in one after the other, in the order they came. Without it the event loop reads a piece of each in turn: all of 256 are then
 * held in memory, and requests that came first are answered late.
 */
export class BodyGate {
  private readonly waiting = new Set<BodyReader>();
  private reading?: BodyReader;
  /** What it had received at the last look. */
  private before = 0;
  private timer?: NodeJS.Timeout;

  public enter(reader: BodyReader): void {
    this.waiting.add(reader);
    this.admit();
  }

  /** It has all it will get, whether its turn had come or not; no harm where it never entered. */
  public leave(reader: BodyReader): void {
    if (reader === this.reading) this.reading = undefined;
    else if (!this.waiting.delete(reader)) return;
    this.admit();
  }

  private admit(): void {
    const [next] = this.waiting;
    if (next && !this.reading) {
      this.waiting.delete(next);
      this.reading = next;
      this.before = 0;
      next.begin();
    }
    if (this.waiting.size > 0) {
      this.timer ??= setInterval(() => this.look(), LOOK_MILLIS);
    } else {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }

  private look(): void {
    const received = this.reading?.received ?? 0;
    if (received - this.before < LEAST_BYTES) this.reading = undefined;
    this.before = received;
    this.admit();
  }
}
