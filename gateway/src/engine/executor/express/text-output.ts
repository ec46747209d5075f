/** Bytes that are put together: of a size that is guessed, and doubled where it is too small. */
export class TextOutput {
  #bytes: Buffer;
  #length = 0;

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  get length(): number {
    return this.#length;
  }

  write(text: Buffer): void {
    this.copy(text, 0, text.length);
  }

  /** Adds a part of other bytes. */
  copy(source: Buffer, start: number, end: number): void {
    const { length } = this;
    const needed = length + end - start;
    if (needed > this.#bytes.length) this.#grow(needed);
    const bytes = this.#bytes;
    // A call costs as much as so many bytes.
    if (end - start > shortLength) source.copy(bytes, length, start, end);
    else for (let at = start, to = length; at < end; at += 1, to += 1) bytes[to] = source[at] ?? 0;
    this.#length = needed;
  }

  /** Everything so far; nothing may be added any more. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

const shortLength = 48;
