/** Bytes that are put together: in one buffer of the size that was guessed, and more where that is too small. */
export class TextOutput {
  readonly #full: Buffer[] = [];
  #bytes: Buffer;
  /** Of `#bytes`. */
  #length = 0;
  /** In `#full`. */
  #lengthBefore = 0;

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(Math.min(size, largestBuffer));
  }

  get length(): number {
    return this.#lengthBefore + this.#length;
  }

  write(text: Buffer): void {
    this.copy(text, 0, text.length);
  }

  /** Adds a part of other bytes. */
  copy(source: Buffer, start: number, end: number): void {
    const size = end - start;
    if (this.#length + size > this.#bytes.length) this.#begin(size);
    const bytes = this.#bytes;
    const length = this.#length;
    // A call costs as much as so many bytes.
    if (size > shortLength) source.copy(bytes, length, start, end);
    else for (let at = start, to = length; at < end; at += 1, to += 1) bytes[to] = source[at] ?? 0;
    this.#length = length + size;
  }

  /** Everything so far; nothing may be added any more. */
  finish(): readonly Buffer[] {
    return [...this.#full, this.#bytes.subarray(0, this.#length)];
  }

  /** Begins another buffer that has room for this many bytes. */
  #begin(size: number): void {
    if (this.#length > 0) this.#full.push(this.#bytes.subarray(0, this.#length));
    this.#lengthBefore += this.#length;
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(size, Math.min(this.#bytes.length * 2, largestBuffer)));
    this.#length = 0;
  }
}

const shortLength = 48;

/** To take much more memory at once would hold up everybody. */
const largestBuffer = 1_048_576;
