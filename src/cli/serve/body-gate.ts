/** A body that is read from a client. */
export interface BodyReader {
  /** How many bytes have come. */
  readonly received: number;
  /** Called once, when its turn has come. */
  begin(): void;
}

/** Enough to keep the router busy while a client fills its buffers again. */
const PLACES = 4;
const LOOK_MILLIS = 50;
/** A client that sends less between two looks is slow: it reads on beside the others, and takes nobody's place. */
const LEAST_BYTES = 64 * 1024;

/**
 * Lets large bodies in, a few at a time, in the order they came. Without it the event loop reads a piece of each in turn: all of 256 are then
 * held in memory, requests that came first are answered late, and some last of all.
 */
export class BodyGate {
  private readonly waiting = new Set<BodyReader>();
  /** With what each had received at the last look. */
  private readonly reading = new Map<BodyReader, number>();
  private timer?: NodeJS.Timeout;
  /** Connections that have come, and how many had come when none came for a turn. */
  private connections = 0;
  private settled = 0;

  /**
   * A connection has come. libuv takes one in each turn of the event loop, so others may be waiting: nobody begins before all are in, or they would
   * be overtaken by the next requests of those that are. The turns are short as long as nobody begins.
   */
  public connected(): void {
    const count = ++this.connections;
    setImmediate(() => setImmediate(() => {
      if (count !== this.connections) return;
      this.settled = count;
      this.admit();
    }));
  }

  public enter(reader: BodyReader): void {
    this.waiting.add(reader);
    this.admit();
  }

  /** It has all it will get, whether its turn had come or not; no harm where it never entered. */
  public leave(reader: BodyReader): void {
    if (this.waiting.delete(reader) || this.reading.delete(reader)) this.admit();
  }

  private admit(): void {
    for (const reader of this.waiting) {
      if (this.reading.size >= PLACES || this.settled < this.connections) break;
      this.waiting.delete(reader);
      this.reading.set(reader, 0);
      reader.begin();
    }
    if (this.waiting.size > 0) {
      this.timer ??= setInterval(() => this.look(), LOOK_MILLIS);
    } else {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }

  private look(): void {
    for (const [reader, before] of this.reading) {
      if (reader.received - before < LEAST_BYTES) this.reading.delete(reader);
      else this.reading.set(reader, reader.received);
    }
    this.admit();
  }
}
