const MOST_IN_A_TURN = 16;

/**
 * Tells when all clients are in. libuv takes one new connection in each turn of the event loop; so whoever begins before the last one is in
 * makes it wait for as many long turns as there are others, and overtakes it with a second request. The turns are short while nobody begins.
 */
export class Arrivals {
  private connections = 0;
  /** How many had come when none came for a turn. */
  private settled = 0;
  private waiting: (() => void)[] = [];

  /** A connection has come. */
  public connected(): void {
    const count = ++this.connections;
    setImmediate(() => setImmediate(() => {
      if (count !== this.connections) return;
      this.settled = count;
      this.beginSome();
    }));
  }

  /** Calls back, in the order of the calls: at once where nobody comes. */
  public whenIn(begin: () => void): void {
    if (this.settled === this.connections && this.waiting.length === 0) begin();
    else this.waiting.push(begin);
  }

  /** So few that models have answered the first, and their connections can be used again, before the last begin: all at once had to open one each. */
  private beginSome(): void {
    if (this.settled !== this.connections) return; // it is called again when they are in
    this.waiting.splice(0, MOST_IN_A_TURN).forEach((begin) => begin());
    if (this.waiting.length > 0) setImmediate(() => this.beginSome());
  }
}
