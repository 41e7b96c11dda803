/** Below it a buffer is cheaper made than kept. */
const LEAST_BYTES = 64 * 1024;
/** Larger ones are not kept: one odd request must not hold memory for good. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_IDLE_BYTES = 32 * 1024 * 1024;

/**
 * Buffers for bodies, used again and again. V8 collects its whole heap whenever 32 to 64 MB of buffers have been made, which a few requests
 * of 1 MB do: that took a third of the router's time.
 */
export class BodyPool {
  /** By size, a power of two. */
  private readonly idle = new Map<number, Buffer[]>();
  private idleBytes = 0;

  public take(bytes: number): Buffer {
    const size = 2 ** Math.ceil(Math.log2(bytes));
    const kept = this.idle.get(size)?.pop();
    if (kept) this.idleBytes -= size;
    return kept ?? Buffer.allocUnsafeSlow(size);
  }

  public give(buffer: Buffer): void {
    const size = buffer.length;
    if (this.idleBytes + size > MOST_IDLE_BYTES) return;
    this.idleBytes += size;
    const alike = this.idle.get(size);
    if (alike) alike.push(buffer);
    else this.idle.set(size, [buffer]);
  }
}

/**
 * The bodies of one request. They go back to the pool together when nobody reads or writes one of them any more; where that is not certain,
 * they are left to the garbage collector.
 */
export class Bodies {
  private readonly taken: Buffer[] = [];
  private calls = 0;
  private isLost = false;

  public constructor(private readonly pool: BodyPool) {}

  /** A buffer of at least so many bytes. */
  public take(bytes: number): Buffer {
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) return Buffer.allocUnsafe(bytes);
    const buffer = this.pool.take(bytes);
    this.taken.push(buffer);
    return buffer;
  }

  /** A call of the request begins. */
  public enter(): void {
    this.calls++;
  }

  /** It has ended. */
  public leave(): void {
    this.calls--;
  }

  /** Somebody may hold one of them for longer than the request takes. */
  public lose(): void {
    this.isLost = true;
  }

  /** The answer is written. A branch of an Ensemble that nobody waited for may still run: then it is in a call, or comes to one in this turn. */
  public release(): void {
    if (this.taken.length === 0) return;
    setImmediate(() => {
      if (this.calls === 0 && !this.isLost) this.taken.forEach((buffer) => this.pool.give(buffer));
    });
  }
}
