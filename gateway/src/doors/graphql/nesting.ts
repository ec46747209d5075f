/** Every request is looked through: by codes of characters that costs next to nothing. */
const characters = {
  quote: 0x22,
  hash: 0x23,
  openParenthesis: 0x28,
  closeParenthesis: 0x29,
  openBracket: 0x5b,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/**
 * How deep brackets of any kind stand in each other in a GraphQL text, strings and comments left out (GraphQL §2.1). Parsers
 * and validators call themselves once a level: this is known before they start.
 */
export function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case characters.hash:
        at = endOfLine(text, at);
        break;
      case characters.quote:
        at = endOfString(text, at);
        break;
      case characters.openBrace:
      case characters.openBracket:
      case characters.openParenthesis:
        depth += 1;
        if (depth > deepest) deepest = depth;
        break;
      case characters.closeBrace:
      case characters.closeBracket:
      case characters.closeParenthesis:
        depth -= 1;
    }
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
