import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Gives a request back to the HTTP server as one that wants no upgrade. Who listens for upgrades gets every request that
 * offers one, to whatever: the HTTP client of Java offers HTTP/2 with each, and must be answered by HTTP/1.1 as ever
 * (RFC 9110 §7.8).
 */
export function resumeAsHttp(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? '';
    const isOffer = ['upgrade', 'connection', 'http2-settings'].includes(name.toLowerCase());
    if (!isOffer) lines.push(`${name}: ${request.rawHeaders[at + 1] ?? ''}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
