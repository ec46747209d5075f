/** An object of an answer; never changed once it is read. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells objects from lists, scalars and null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of an answer's object; `undefined` when it is not there (also for names every object inherits). */
export function readKey(object: JsonObject, key: string): unknown {
  const value = object[key];
  return typeof value === 'function' ? undefined : value;
}
