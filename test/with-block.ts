/** Puts fresh content between `<!-- name -->` and `<!-- /name -->`. */
export function withBlock(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = text.split(open);
  const after = rest?.split(close)[1];
  if (before === undefined || after === undefined) throw new TypeError(`no block ${name}`);
  return `${before}${open}\n${content.trim()}\n${close}${after}`;
}
