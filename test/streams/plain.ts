/** A result as tests state it: errors by message, path and code. Items of an iterator give their value. */
export function toPlain(given: unknown): unknown {
  if (typeof given === 'object' && given !== null && 'done' in given && 'value' in given) return toPlain(given.value);
  return given === undefined ? undefined : JSON.parse(JSON.stringify(given), plainErrors);
}

/** For `JSON.parse`: the errors of any answer by message, path and code. */
export function plainErrors(key: string, value: unknown): unknown {
  return key === 'errors' && Array.isArray(value) ? value.map(plainError) : value;
}

function plainError(error: unknown): unknown {
  const { message, path, code, extensions } = Object(error);
  return { message, ...(path === undefined ? {} : { path }), code: extensions?.code ?? code };
}
