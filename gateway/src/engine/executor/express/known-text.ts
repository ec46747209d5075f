/** Puts together what is known of a JSON object's text: everything up to each value that is not known, and what follows. */
export class KnownText {
  #text = '{';
  #isFirst = true;

  addKey(key: string): void {
    this.#text += `${this.#isFirst ? '' : ','}${JSON.stringify(key)}:`;
    this.#isFirst = false;
  }

  addValue(value: string): void {
    this.#text += JSON.stringify(value);
  }

  /** The text since the last value that is not known, up to the next one. */
  takeLead(): string {
    const lead = this.#text;
    this.#text = '';
    return lead;
  }

  /** The rest of the text. */
  takeTail(): string {
    return `${this.takeLead()}}`;
  }
}
