const QUIET_MILLIS = 1000;

/** Tells of connections above the limit, which would end without a word: of the first at once, and of how many there were when none came for a second. */
export class DroppedConnections {
  private count = 0;
  private timer?: NodeJS.Timeout;

  public constructor(private readonly most: number, private readonly log: (line: string) => void) {}

  public add(): void {
    if (++this.count === 1) this.log(`a connection was dropped: ${this.most} are open, raise --max-connections if more are meant to`);
    this.timer = this.timer?.refresh() ?? setTimeout(() => this.end(), QUIET_MILLIS).unref();
  }

  /** Nothing more is waited for. */
  public end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.count > 1) this.log(`${this.count} connections were dropped, as more than ${this.most} were open`);
    this.count = 0;
  }
}
