/** A result as tests state it: errors by message, path and code. Items of an iterator give their value. */
export function toPlain(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  if ('done' in given && 'value' in given) return toPlain(given.value);
  if (!('errors' in given) || !Array.isArray(given.errors)) return given;
  return { ...given, errors: given.errors.map(plainError) };
}

function plainError(error: unknown): unknown {
  const { message, path, extensions } = Object(error);
  return { message, ...(path === undefined ? {} : { path }), code: extensions?.code };
}
