/** How the text of a setting becomes a value; `read` gives undefined for a text that is none. */
export interface Kind<T> {
  readonly name: string;
  readonly read: (text: string) => T | undefined;
}

/** Kinds of settings that the gateway and the subgraphs' own servers share. */
export const kinds = {
  text: kind<string>('text', (value) => value),
  path: kind<string>('path', (value) => value),
  flag: kind<boolean>('0 or 1', (value) => ({ '0': false, '1': true })[value]),
  port: kind<number>('port', (value) => integerWithin(value, 0, 65_535)),
  count: kind<number>('integer ≥ 1', (value) => integerWithin(value, 1, Number.MAX_SAFE_INTEGER)),
  amount: kind<number>('integer ≥ 0', (value) => integerWithin(value, 0, Number.MAX_SAFE_INTEGER)),
  milliseconds: kind<number>('milliseconds', (value) => integerWithin(value, 1, 2 ** 31 - 1)),
  delay: kind<number>('milliseconds or 0', (value) => integerWithin(value, 0, 2 ** 31 - 1)),
  ratio: kind<number>('number > 0', (value) =>
    Number(value) > 0 && Number.isFinite(Number(value)) ? Number(value) : undefined,
  ),
  share: kind<number>('share, over 0 up to 1', (value) =>
    Number(value) > 0 && Number(value) <= 1 ? Number(value) : undefined,
  ),
  httpUrl: kind<string>('http(s) URL', (value) => urlWithProtocol(value, ['http:', 'https:'])),
  databaseUrl: kind<string>('postgres URL', (value) => urlWithProtocol(value, ['postgres:', 'postgresql:'])),
} as const;

/** A kind whose values are these words. */
export function oneOf<const T extends string>(...values: readonly T[]): Kind<T> {
  return kind(values.join(' \\| '), (value) => values.find((candidate) => candidate === value));
}

/** A kind whose values are lists of these words, with commas between them. */
export function listOf<const T extends string>(...values: readonly T[]): Kind<readonly T[]> {
  return kind(`list of ${values.join(', ')}`, (text) => {
    const found = text.split(',').map((word) => values.find((candidate) => candidate === word.trim()));
    const known = found.filter((word) => word !== undefined);
    return known.length === found.length ? [...new Set(known)] : undefined;
  });
}

/** A kind of one's own. */
export function kind<T>(name: string, read: Kind<T>['read']): Kind<T> {
  return { name, read };
}

function integerWithin(value: string, least: number, most: number): number | undefined {
  if (!/^\d+$/.test(value)) return undefined;
  const number = Number(value);
  return number >= least && number <= most ? number : undefined;
}

function urlWithProtocol(value: string, protocols: readonly string[]): string | undefined {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol) ? value : undefined;
}
