import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { resumeAsHttp } from './resume-as-http.ts';
import { createSocketSession, type SocketSession } from './socket-session.ts';
import type { StreamParts } from './stream-parts.ts';

/** Time of clients to answer a goodbye, milliseconds. */
const farewell = 1_000;

/**
 * Takes WebSockets at /graphql (graphql-transport-ws), beside Fastify on the same server. Gives the function that closes them:
 * what ends the subscriptions still goes out, then every client learns that the server goes away.
 */
export function openWebSockets(server: Server, parts: StreamParts): () => Promise<void> {
  const sessions = new Map<WebSocket, SocketSession>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: parts.bodyLimit,
    perMessageDeflate: false,
    handleProtocols: (offered) => handleProtocols(offered),
  });
  let isClosing = false;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return resumeAsHttp(server, request, socket, head);
    if (isClosing) return refuse(socket, '503 Service Unavailable');
    if (request.url?.split('?')[0] !== '/graphql') return refuse(socket, '404 Not Found');
    sockets.handleUpgrade(request, socket, head, (open) => {
      if (open.protocol === '') return open.close(4406, 'Subprotocol not acceptable');
      sessions.set(open, serve(open, request, parts));
      open.once('close', () => sessions.delete(open));
    });
  });

  return async () => {
    isClosing = true;
    for (let waited = 0; waited < farewell && isBusy(sessions.values()); waited += 10) await pause(10);
    for (const socket of sockets.clients) socket.close(1001, 'Going away');
    for (let waited = 0; waited < farewell && sockets.clients.size > 0; waited += 10) await pause(10);
    for (const socket of sockets.clients) socket.terminate();
  };
}

function isBusy(sessions: Iterable<SocketSession>): boolean {
  return [...sessions].some((session) => session.underWay() > 0);
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** Joins a socket with a session. */
function serve(socket: WebSocket, { headers }: IncomingMessage, parts: StreamParts): SocketSession {
  const session = createSocketSession(
    {
      headers,
      send: (text) => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      bytesWaiting: () => socket.bufferedAmount,
    },
    parts,
  );
  const endHeartbeat = beat(socket, parts.streams.heartbeat);
  socket.on('message', (data: RawData) => session.take(textOf(data)));
  // A client that breaks the protocol, or the line: the socket is closed in any case.
  socket.on('error', () => undefined);
  socket.once('close', () => {
    endHeartbeat();
    session.end();
  });
  return session;
}

function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    // An error means that the socket closes: nothing is waited for then.
    socket.send(text, () => resolve());
  });
}

/** Messages come as one buffer, as the socket is set up. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

/** Cuts a socket that has not answered the last heartbeat when the next is due. */
function beat(socket: WebSocket, interval: number): () => void {
  let isAnswered = true;
  socket.on('pong', () => (isAnswered = true));
  const timer = setInterval(() => {
    if (!isAnswered) return socket.terminate();
    isAnswered = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, interval);
  return () => clearInterval(timer);
}
