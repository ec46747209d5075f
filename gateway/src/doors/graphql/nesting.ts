const openers = new Set(['{', '(', '[']);
const closers = new Set(['}', ')', ']']);

/**
 * How deep brackets of any kind stand in each other in a GraphQL text, strings and comments left out (GraphQL §2.1). Parsers
 * and validators call themselves once a level: this is known before they start.
 */
export function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '#') at = endOfLine(text, at);
    else if (character === '"') at = endOfString(text, at);
    else if (openers.has(character)) deepest = Math.max(deepest, (depth += 1));
    else if (closers.has(character)) depth -= 1;
  }
  return deepest;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** A string that does not end reaches to the end of the text: a parser will refuse it. */
function endOfString(text: string, from: number): number {
  const quote = text.startsWith('"""', from) ? '"""' : '"';
  let at = from + quote.length;
  while (at < text.length && !text.startsWith(quote, at)) at += text[at] === '\\' ? escapeLength(text, at, quote) : 1;
  return at + quote.length - 1;
}

/** In a block string only its own end is escaped. */
function escapeLength(text: string, at: number, quote: string): number {
  if (quote === '"') return 2;
  return text.startsWith('"""', at + 1) ? 4 : 1;
}
