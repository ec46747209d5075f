import type { PendingPart, ResultInParts, ResultPart } from '../../../pipeline.ts';
import { writeResult, type PresentErrors } from './present-result.ts';

/** The two forms in which Apollo Client reads what `@defer` brings: that of 2022 and that of the later proposal. */
export type PartsFormat = 'deferSpec=20220824' | 'incrementalSpec=v0.2';

/** Media type of an answer in parts. */
export function partsType(format: PartsFormat): string {
  return `multipart/mixed; boundary="-"; ${format}`;
}

const lead = 'content-type: application/json; charset=utf-8\r\n\r\n';

/** Writes an answer, and the parts that come later, each with the boundary that ends it: clients wait for that. */
export async function* writeParts(
  { first, pending, later }: ResultInParts,
  format: PartsFormat,
  present: PresentErrors,
): AsyncGenerator<string> {
  const writer = format === 'incrementalSpec=v0.2' ? createIdWriter(present) : createPathWriter(present);
  let outstanding = pending.length;
  const members = [writeResult(first, present).slice(1, -1), ...writer.announce(pending)];
  yield `\r\n---${chunk(members, outstanding > 0)}`;
  for await (const parts of later) {
    for (const part of parts) outstanding += part.pending.length - 1;
    yield chunk(writer.write(parts), outstanding > 0);
  }
  yield '--\r\n';
}

function chunk(members: readonly string[], hasNext: boolean): string {
  return `\r\n${lead}{${[...members, `"hasNext":${String(hasNext)}`].join(',')}}\r\n---`;
}

/** Writes members of a chunk, as JSON text. */
interface PartsWriter {
  readonly announce: (pending: readonly PendingPart[]) => readonly string[];
  readonly write: (parts: readonly ResultPart[]) => readonly string[];
}

/** By path and label, unannounced. */
function createPathWriter(present: PresentErrors): PartsWriter {
  const writePart = ({ part: { path, label }, text, errors }: ResultPart): string =>
    object([
      `"path":${JSON.stringify(path)}`,
      ...(label === undefined ? [] : [`"label":${JSON.stringify(label)}`]),
      `"data":${text === undefined ? 'null' : text.join('')}`,
      ...errorsMember(errors, present),
    ]);
  return { announce: () => [], write: (parts) => [`"incremental":[${parts.map(writePart).join(',')}]`] };
}

/** By ids that were announced; each is completed, with errors where nothing came. */
function createIdWriter(present: PresentErrors): PartsWriter {
  const ids = new Map<PendingPart, string>();
  const announce = (pending: readonly PendingPart[]): readonly string[] => {
    if (pending.length === 0) return [];
    const entries = pending.map((part) => {
      ids.set(part, String(ids.size));
      return { id: ids.get(part), path: part.path, label: part.label };
    });
    return [`"pending":${JSON.stringify(entries)}`];
  };
  const idMember = (part: PendingPart): string => `"id":${JSON.stringify(ids.get(part))}`;
  const writeData = ({ part, text, errors }: ResultPart): readonly string[] =>
    text === undefined ? [] : [object([idMember(part), `"data":${text.join('')}`, ...errorsMember(errors, present)])];
  const complete = ({ part, text, errors }: ResultPart): string =>
    object([idMember(part), ...(text === undefined ? errorsMember(errors, present) : [])]);
  return {
    announce,
    write(parts) {
      const incremental = parts.flatMap(writeData);
      return [
        ...announce(parts.flatMap(({ pending }) => pending)),
        ...(incremental.length === 0 ? [] : [`"incremental":[${incremental.join(',')}]`]),
        `"completed":[${parts.map(complete).join(',')}]`,
      ];
    },
  };
}

function errorsMember(errors: ResultPart['errors'], present: PresentErrors): readonly string[] {
  return errors.length === 0 ? [] : [`"errors":${JSON.stringify(present(errors))}`];
}

const object = (members: readonly string[]): string => `{${members.join(',')}}`;
