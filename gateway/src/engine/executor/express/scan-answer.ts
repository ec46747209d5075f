import { isUtf8 } from 'node:buffer';
import type { Slices } from '../in-turns.ts';
import { largeBytes, readLargeJson } from '../large-json.ts';
import type { CheckedResponse } from '../read-response.ts';
import type { SubgraphResponse } from '../transport.ts';
import { type AnswerTree, NONE } from './answer-template.ts';
import { AnswerScanner, type Tables, sliceBytes } from './answer-scanner.ts';
import { holdsControlCharacters } from './scan-leaf.ts';

/** What one request brings: the root object, or the entities under every alias. */
export interface AnswerTemplate {
  readonly parts: readonly PartTemplate[];
  /** What follows the last part. */
  readonly tail: Buffer;
}

/** The root object, or the entities of one alias. */
export interface PartTemplate {
  readonly isRoot: boolean;
  /** Everything between the part before and this one. */
  readonly lead: Buffer;
  readonly tree: AnswerTree;
}

/** The rows of a root object, which is row 0, or of the entities of an alias, which are the first rows. */
export interface ScannedPart {
  readonly tables: Tables;
  readonly count: number;
}

/** An answer without errors that is kept as the bytes it came in; parsed only for who wants values. */
export class ScannedAnswer implements SubgraphResponse, CheckedResponse {
  /** By which it was read. */
  readonly scan: AnswerScan;
  readonly source: Buffer;
  readonly parts: readonly ScannedPart[];
  readonly isLarge: boolean;
  readonly errors = [];
  #data: Readonly<Record<string, unknown>> | undefined;

  constructor(scan: AnswerScan, source: Buffer, parts: readonly ScannedPart[], isLarge: boolean) {
    this.scan = scan;
    this.source = source;
    this.parts = parts;
    this.isLarge = isLarge;
  }

  get isPlain(): boolean {
    return !this.source.includes('\\');
  }

  get bytes(): number {
    return this.source.length;
  }

  /** Parsed when it is first asked for: at once, unless `parseInTurns` was called before. */
  get data(): Readonly<Record<string, unknown>> {
    this.#data ??= Object(JSON.parse(this.source.toString())).data;
    return this.#data ?? {};
  }

  /** Parses data that are so large that others would wait. */
  async parseInTurns(): Promise<void> {
    if (this.source.length <= largeBytes) return;
    this.#data ??= Object(await readLargeJson(this.source, () => true)).data;
  }
}

/** How the answer to a request is read. */
export interface AnswerScan {
  /**
   * Reads an answer in one pass, as far as it is what the template says: compact JSON, data only, every key in its order,
   * every value of its type, null only where it may be. `undefined` for everything else, which is for others to judge.
   */
  atOnce(source: Buffer): ScannedAnswer | undefined;
  /** The same for one that is so long that others would wait. */
  inSlices(source: Buffer): Slices<ScannedAnswer | undefined>;
}

/** Reads answers by a template. */
export function createScan(template: AnswerTemplate): AnswerScan {
  const scan: AnswerScan = {
    atOnce(source) {
      const scanner = new AnswerScanner(source);
      if (!isUtf8(source) || holdsControlCharacters(scanner.source)) return undefined;
      const parts: ScannedPart[] = [];
      for (const { lead, tree, isRoot } of template.parts) {
        const tables = scanner.begin(tree);
        const count = scanner.skip(lead) ? scanner.readPart(tree.root, isRoot) : NONE;
        if (count === NONE) return undefined;
        parts.push({ tables, count });
      }
      return scanner.endsWith(template.tail) ? new ScannedAnswer(scan, source, parts, false) : undefined;
    },
    *inSlices(source) {
      const scanner = new AnswerScanner(source);
      if (!isUtf8(source)) return undefined;
      for (let start = 0; start < scanner.source.length; start += sliceBytes) {
        if (holdsControlCharacters(scanner.source.subarray(start, start + sliceBytes))) return undefined;
        yield;
      }
      const parts: ScannedPart[] = [];
      for (const { lead, tree, isRoot } of template.parts) {
        const tables = scanner.begin(tree);
        if (!scanner.skip(lead)) return undefined;
        const count = yield* scanner.partInSlices(tree.root, isRoot);
        if (count === NONE) return undefined;
        parts.push({ tables, count });
      }
      return scanner.endsWith(template.tail) ? new ScannedAnswer(scan, source, parts, true) : undefined;
    },
  };
  return scan;
}
