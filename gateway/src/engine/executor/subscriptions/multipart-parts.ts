/** Bodies of the parts of a multipart answer (RFC 2046 §5.1.1), each as soon as the boundary after it is there. */
export async function* readParts(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  maxBytes: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const delimiter = `\r\n--${boundary}`;
  // The first boundary may stand at the very beginning; what is before it is no part.
  let text = '\r\n';
  let isPreamble = true;
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    for (let at = text.indexOf(delimiter); at !== -1; at = text.indexOf(delimiter)) {
      const part = text.slice(0, at);
      text = text.slice(at + delimiter.length);
      if (!isPreamble) yield part.slice(part.indexOf('\r\n\r\n') + 4);
      isPreamble = false;
    }
    if (!isPreamble && text.startsWith('--')) return;
    if (text.length > maxBytes) throw new RangeError(`A part is larger than ${maxBytes} bytes.`);
  }
  throw new Error('The multipart answer broke off.');
}
