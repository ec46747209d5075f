import type { PreparedOperation } from '../../planner/prepared-operation.ts';
import type { BatchFetchNode, FetchNode, PlanNode } from '../../planner/query-plan.ts';
import type { EarlierAnswer, EarlierAnswers } from '../earlier-answers.ts';
import { forwarded, listMember } from '../forwarded-variables.ts';
import { type Slices, inTurns } from '../in-turns.ts';
import { OperationResult } from '../operation-result.ts';
import { runInOrder } from '../run-in-order.ts';
import { send } from '../send-request.ts';
import type { RequestScope, SubgraphOperation, Transport } from '../transport.ts';
import { NONE } from './answer-template.ts';
import type { ExpressPosition } from './express-layout.ts';
import type { ExpressOperation } from './express-operation.ts';
import type { ExpressRepresentation, RequiredLeaf } from './express-representation.ts';
import { type FetchedRows, NotAnswered, findLeaf, isNull, rowIn } from './fetched-rows.ts';
import { NULL_ROW } from './answer-scanner.ts';
import { type AnswerScan, ScannedAnswer } from './scan-answer.ts';
import { TextOutput } from './text-output.ts';
import { writeObject, writeObjectInSlices } from './write-express.ts';

/** What an execution is made of. */
export interface ExpressParts {
  readonly compiled: {
    readonly prepared: PreparedOperation;
    /** What each fetch and batch sends. */
    readonly operations: ReadonlyMap<FetchNode | BatchFetchNode, SubgraphOperation>;
  };
  readonly transport: Transport;
  readonly scope: RequestScope;
  /** What the client sent. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Bytes that an answer to the operation usually has, or a little more. */
  readonly usualSize: number;
}

/** The result; or, where something was unusual, what was answered so far, so that nobody is asked again. */
export type ExpressOutcome =
  | { readonly kind: 'Done'; readonly result: OperationResult }
  | { readonly kind: 'Missed'; readonly answers: EarlierAnswers; readonly isByForm: boolean };

/** Runs an operation the express way. */
export async function runExpress(express: ExpressOperation, parts: ExpressParts): Promise<ExpressOutcome> {
  const run = new ExpressRun(express, parts);
  await run.runNode(express.plan);
  return run.finish();
}

/** Entities asked for under one alias, each once, and the fetches that want them. */
interface Question {
  /** As JSON text: the last ones each, those before put together to long texts. */
  readonly representations: string[];
  readonly joined: string[];
  count: number;
  /** By the form of their representations, and by its leaves. */
  readonly indexes: Map<string, Map<string, number>>;
  readonly wanting: { readonly fetch: FetchNode; readonly entities: readonly number[] }[];
}

/** One execution. As soon as something is unusual nothing more is asked. */
class ExpressRun {
  readonly #express: ExpressOperation;
  readonly #parts: ExpressParts;
  /** By fetch id. */
  readonly #fetched: (FetchedRows | undefined)[] = [];
  /** By position: the rows that lead there. */
  readonly #rows: (readonly number[] | undefined)[] = [];
  readonly #answers = new Map<SubgraphOperation, EarlierAnswer>();
  #isMissed = false;
  #isLarge = false;
  #isByForm = false;

  constructor(express: ExpressOperation, parts: ExpressParts) {
    this.#express = express;
    this.#parts = parts;
  }

  async runNode(node: PlanNode): Promise<void> {
    if (this.#isMissed) return;
    switch (node.kind) {
      case 'Fetch':
        await (node.requires ? this.#askEntities(node) : this.#askRoot(node));
        return;
      case 'BatchFetch':
        await this.#askBatch(node);
        return;
      case 'Sequence':
      case 'Parallel':
      case 'Schedule':
        await runInOrder(node, (child) => this.runNode(child));
        return;
      case 'Condition':
      case 'Defer':
        this.#miss();
    }
  }

  async finish(): Promise<ExpressOutcome> {
    const body = this.#isMissed ? undefined : await this.#write();
    if (body) return { kind: 'Done', result: OperationResult.ofBody(body) };
    return { kind: 'Missed', answers: this.#answers, isByForm: this.#isByForm };
  }

  async #write(): Promise<readonly Buffer[] | undefined> {
    const out = new TextOutput(this.#parts.usualSize);
    const writing = { fetched: this.#fetched, out };
    try {
      out.write(bodyStart);
      if (this.#isLarge) await inTurns(writeObjectInSlices(writing, this.#express.writer, 0));
      else writeObject(writing, this.#express.writer, 0);
      out.write(bodyEnd);
      return out.finish();
    } catch (error) {
      if (error instanceof NotAnswered) return undefined;
      throw error;
    }
  }

  #miss(isByForm = false): void {
    this.#isMissed = true;
    this.#isByForm ||= isByForm;
  }

  async #askRoot(fetch: FetchNode): Promise<void> {
    const answer = await this.#send(fetch, forwarded(this.#parts, fetch.variables));
    const [part] = answer?.parts ?? [];
    if (answer && part) this.#fetched[fetch.id] = { source: answer.source, tables: part.tables, entities: [0] };
  }

  async #askEntities(fetch: FetchNode): Promise<void> {
    const question = createQuestion();
    const collecting = inTurns(this.#collect(fetch, question));
    if (collecting) await collecting;
    if (question.count > 0 && !this.#isMissed) await this.#ask(fetch, question);
  }

  async #ask(fetch: FetchNode, question: Question): Promise<void> {
    const members = [...forwarded(this.#parts, fetch.variables), memberOf('representations', question)];
    this.#receive(await this.#send(fetch, members, question.count), 0, question);
  }

  async #askBatch(batch: BatchFetchNode): Promise<void> {
    const questions = new Map<string, Question>();
    const variables = new Map<string, Question>();
    for (const { fetch, alias, variable } of batch.parts) {
      const question = questions.get(alias) ?? createQuestion();
      questions.set(alias, question);
      variables.set(variable, question);
      const collecting = inTurns(this.#collect(fetch, question));
      if (collecting) await collecting;
    }
    if (this.#isMissed) return;
    const asked = [...questions.values()].filter(({ count }) => count > 0);
    const [first] = asked;
    const wanting = first?.wanting[0];
    if (!first || !wanting) return;
    if (asked.length === 1) return this.#ask(wanting.fetch, first);
    const members = [...variables].map(([variable, question]) => memberOf(variable, question));
    const entities = asked.reduce((sum, { count }) => sum + count, 0);
    const answer = await this.#send(batch, [...forwarded(this.#parts, batch.variables), ...members], entities);
    [...questions.values()].forEach((question, index) => this.#receive(answer, index, question));
  }

  /** The answer as it was looked through; none where it is not as it should be. */
  async #send(
    node: FetchNode | BatchFetchNode,
    members: readonly string[],
    entities?: number,
  ): Promise<ScannedAnswer | undefined> {
    const scan = this.#express.scans.get(node);
    const operation = this.#parts.compiled.operations.get(node);
    if (!scan || !operation) throw new Error(`What subgraph "${node.subgraph}" is asked here is not of this plan.`);
    const variables = `{${members.join(',')}}`;
    const response = await send(this.#parts, node, { operation, variables, scan }, entities);
    this.#answers.set(operation, { variables, response });
    if (response instanceof ScannedAnswer) {
      // It may be the answer to an equal request of another operation, which reads it in its own way.
      const answer = response.scan === scan ? response : await scanAgain(scan, response);
      if (answer?.isLarge === true) this.#isLarge = true;
      if (answer) return answer;
    }
    this.#miss('isPlain' in response && response.errors.length === 0);
    return undefined;
  }

  #receive(answer: ScannedAnswer | undefined, index: number, { count, wanting }: Question): void {
    const part = answer?.parts[index];
    if (!answer || !part) return;
    if (part.count !== count) return this.#miss();
    const { source } = answer;
    for (const { fetch, entities } of wanting) this.#fetched[fetch.id] = { source, tables: part.tables, entities };
  }

  /** Adds the entities of a fetch to a question. */
  *#collect(fetch: FetchNode, question: Question): Slices<void> {
    const representation = this.#express.representations[fetch.id];
    if (!representation) return this.#miss();
    const { position, likeFetch } = representation;
    const groups = likeFetch === undefined ? undefined : this.#fetched[likeFetch]?.entities;
    const byGroup: number[] = [];
    const entities: number[] = [];
    let left = sliceRows;
    for (const row of this.#rowsOf(position)) {
      const group = groups?.[row] ?? NONE;
      const index = byGroup[group] ?? this.#indexOf(representation, question, row);
      if (index === NONE) return this.#miss();
      if (group !== NONE) byGroup[group] = index;
      while (entities.length < row) entities.push(NONE);
      entities[row] = index;
      left -= 1;
      if (left > 0) continue;
      left = sliceRows;
      question.joined.push(question.representations.splice(0).join(','));
      yield;
    }
    if (entities.length > 0) question.wanting.push({ fetch, entities });
  }

  /** The index of an entity among those asked for; `NONE` where it cannot be asked for. */
  #indexOf({ fields, form, tail }: ExpressRepresentation, question: Question, row: number): number {
    const { representations, indexes, count } = question;
    const known = indexes.get(form) ?? new Map<string, number>();
    indexes.set(form, known);
    let leaves = '';
    let text = '';
    for (const field of fields) {
      const leaf = this.#readLeaf(field, row);
      if (leaf === undefined) return NONE;
      leaves += `${leaf},`;
      text += field.lead + leaf;
    }
    const index = known.get(leaves);
    if (index !== undefined) return index;
    known.set(leaves, count);
    representations.push(text + tail);
    question.count += 1;
    return count;
  }

  /** A leaf as JSON text; none where it is not known, or null and a key. */
  #readLeaf({ sources, isKey }: RequiredLeaf, row: number): string | undefined {
    const leaf = findLeaf(this.#fetched, sources, row);
    if (!leaf || (isKey && isNull(leaf))) return undefined;
    return asWritten(leaf.source.toString('utf8', leaf.start, leaf.end));
  }

  /** The rows of a position that the answer leads to, each once. */
  #rowsOf(position: ExpressPosition): readonly number[] {
    const known = this.#rows[position.index];
    if (known) return known;
    const rows = position.origin ? this.#rowsInside(position) : [0];
    this.#rows[position.index] = rows;
    return rows;
  }

  #rowsInside({ origin }: ExpressPosition): readonly number[] {
    const rows: number[] = [];
    if (!origin) return rows;
    const { parent, slot, field } = origin;
    const fetched = this.#fetched[slot.fetch];
    const table = fetched?.tables[slot.template.table] ?? [];
    const inner = field.inner ? (fetched?.tables[field.inner.table] ?? []) : [];
    const width = field.inner?.width ?? 1;
    const entered = new Set<number>();
    for (const row of this.#rowsOf(parent)) {
      const holder = fetched ? rowIn(fetched, slot, row) : NONE;
      // Entities of several places are one row.
      if (!slot.isOwn && entered.has(holder)) continue;
      if (!slot.isOwn) entered.add(holder);
      const base = holder * slot.template.width + field.column;
      const first = table[base] ?? NONE;
      const count = table[base + 1] ?? NONE;
      if (first < 0) continue;
      for (let at = first; at < first + Math.max(count, 1); at += 1) {
        if (count !== 0 && inner[at * width] !== NULL_ROW) rows.push(at);
      }
    }
    return rows;
  }
}

function scanAgain(scan: AnswerScan, { source, isLarge }: ScannedAnswer) {
  return isLarge ? inTurns(scan.inSlices(source)) : scan.atOnce(source);
}

/** Escapes, points and zeros with a sign are written in several ways; as `JSON.stringify` does it, all ask the same. */
const severalWays = /\\|^[^"]*(?:\.|-0)/;

function asWritten(leaf: string): string {
  return severalWays.test(leaf) ? JSON.stringify(JSON.parse(leaf)) : leaf;
}

/** A member of the variables that is all representations. */
function memberOf(name: string, { joined, representations }: Question): string {
  return listMember(name, [...joined.filter((texts) => texts !== ''), ...representations]);
}

/** Entities found before others have a turn. */
const sliceRows = 16_384;

const bodyStart = Buffer.from('{"data":');
const bodyEnd = Buffer.from('}');

function createQuestion(): Question {
  return { representations: [], joined: [], count: 0, indexes: new Map(), wanting: [] };
}
