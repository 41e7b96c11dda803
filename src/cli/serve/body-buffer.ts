/** What is set aside for a body because of what its head says; more only as it comes. */
const MOST_AHEAD = 4 * 1024 * 1024;
const NO_BYTES: Buffer = Buffer.alloc(0);

/** Gives a buffer of at least so many bytes. */
export type Take = (bytes: number) => Buffer;

/** Collects a body in one piece: each byte is copied once where the length is known. */
export class BodyBuffer {
  public length = 0;
  private bytes: Buffer;

  /** @param expected the length as far as it is known */
  public constructor(private readonly take: Take, private readonly expected = 0) {
    this.bytes = expected > 0 ? take(Math.min(expected, MOST_AHEAD)) : NO_BYTES;
  }

  public append(chunk: Buffer): void {
    const length = this.length + chunk.length;
    if (length > this.bytes.length) {
      const grown = this.take(Math.max(length, length <= this.expected ? Math.min(this.expected, length * 2) : length * 2));
      this.bytes.copy(grown, 0, 0, this.length);
      this.bytes = grown;
    }
    this.bytes.set(chunk, this.length);
    this.length = length;
  }

  /** What has come. Nothing may be appended after. */
  public whole(): Buffer {
    return this.length === this.bytes.length ? this.bytes : this.bytes.subarray(0, this.length);
  }
}
