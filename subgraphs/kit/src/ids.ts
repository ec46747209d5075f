/** Crockford base-32, the alphabet of every public id (architecture.md §3). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const ownedIdPattern = /^([a-z]{2})_([0-9A-HJKMNP-TV-Z]{12})_([0-9A-HJKMNP-TV-Z]{1,7})$/;

/** The place of a resident-owned row: whose it is, and which of that resident's rows. */
export interface OwnedKey {
  readonly residentId: string;
  readonly no: number;
}

/** Public id of a resident-owned row: `en_<resident's 12>_<serial>` (architecture.md §3). */
export function encodeOwnedId(prefix: string, residentId: string, no: number): string {
  return `${prefix}_${residentId.slice(3)}_${encodeSerial(no)}`;
}

/** The resident and number behind a public id; undefined when the text is not an id of that kind. */
export function decodeOwnedId(prefix: string, id: string): OwnedKey | undefined {
  const match = ownedIdPattern.exec(id);
  if (match === null || match[1] !== prefix) return undefined;
  const no = decodeSerial(match[3] ?? '');
  return no > 2_147_483_647 ? undefined : { residentId: `rs_${match[2]}`, no };
}

/** Bytes as characters of the alphabet, five bits of each. */
export function crockfordText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += alphabet.charAt(byte & 31);
  return text;
}

/** The number of a public id among a resident's own rows; undefined when it is another kind of id, or somebody else's. */
export function numberOfOwn(prefix: string, residentId: string, id: string): number | undefined {
  const key = decodeOwnedId(prefix, id);
  return key?.residentId === residentId ? key.no : undefined;
}

/** Whether a text is a public id of things that belong to nobody, or of a resident: `rs_0ABCDEFGHJKM`. */
export function isPublicId(prefix: string, id: string): boolean {
  return id.startsWith(`${prefix}_`) && /^[0-9A-HJKMNP-TV-Z]{12}$/.test(id.slice(prefix.length + 1));
}

function encodeSerial(no: number): string {
  let text = '';
  for (let rest = no; rest > 0; rest = Math.floor(rest / 32)) text = alphabet.charAt(rest % 32) + text;
  return text === '' ? '0' : text;
}

function decodeSerial(text: string): number {
  let no = 0;
  for (const character of text) no = no * 32 + alphabet.indexOf(character);
  return no;
}
