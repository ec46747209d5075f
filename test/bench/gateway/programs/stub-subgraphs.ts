import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, type GraphQLSchema } from 'graphql';
import { joinChunks, readHead } from '../http-reading.ts';
import { serveOrders } from '../pinned-process.ts';
import { shopRoot, shopSubgraphs, type ShopSubgraph } from '../shop-subgraphs.ts';
import type { SeenRequest, StubCounts, StubOrder } from '../stub-orders.ts';

/** A body that was asked before is answered from memory, so that a subgraph costs next to nothing. */
interface Stub {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly answers: Map<string, Buffer>;
}

let delay = 0;
let seen: SeenRequest[] | undefined;
let counts: StubCounts = { requests: 0, computed: 0 };

function buildStub({ name, sdl, entities }: ShopSubgraph): Stub {
  const references = Object.entries(entities).map(([type, find]) => [type, { __resolveReference: find }] as const);
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: Object.fromEntries(references) });
  return { name, schema, answers: new Map() };
}

function serve(stub: Stub): Promise<readonly [string, string]> {
  const server = createServer({ noDelay: true }, (socket) => answerRequests(stub, socket));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve([stub.name, `http://127.0.0.1:${port}/graphql`]);
    });
  });
}

/** Takes requests off a connection one after the other. */
function answerRequests(stub: Stub, socket: Socket): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const request = takeRequest(pending);
    if (request === undefined) return;
    pending = pending.subarray(request.end);
    answer(stub, socket, request.body);
  });
}

function takeRequest(bytes: Buffer): { readonly body: string; readonly end: number } | undefined {
  const head = readHead(bytes, 0);
  if (head === undefined) return undefined;
  if (head.length === undefined) {
    if (!bytes.subarray(-5).equals(lastChunk)) return undefined;
    return { body: joinChunks(bytes.subarray(head.bodyStart)).toString('latin1'), end: bytes.length };
  }
  const end = head.bodyStart + head.length;
  return bytes.length < end ? undefined : { body: bytes.toString('latin1', head.bodyStart, end), end };
}

const lastChunk = Buffer.from('0\r\n\r\n');

function answer(stub: Stub, socket: Socket, body: string): void {
  counts = { ...counts, requests: counts.requests + 1 };
  seen?.push({ subgraph: stub.name, body, at: performance.now() });
  const known = stub.answers.get(body);
  if (known !== undefined && delay === 0) {
    socket.write(known);
    return;
  }
  void answerSlowly(stub, socket, body);
}

async function answerSlowly(stub: Stub, socket: Socket, body: string): Promise<void> {
  const text = stub.answers.get(body) ?? (await compute(stub, body));
  if (delay > 0) await pause(delay);
  socket.write(text);
}

async function compute(stub: Stub, body: string): Promise<Buffer> {
  counts = { ...counts, computed: counts.computed + 1 };
  // The bytes of a body stand for themselves in its text; what they mean is UTF-8.
  const asked = JSON.parse(Buffer.from(body, 'latin1').toString()) as { query: string; variables?: never };
  const result = await graphql({
    schema: stub.schema,
    source: asked.query,
    rootValue: shopRoot,
    variableValues: asked.variables,
  });
  const text = Buffer.from(JSON.stringify(result));
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n`;
  const whole = Buffer.concat([Buffer.from(head), text]);
  stub.answers.set(body, whole);
  return whole;
}

serveOrders(async (order: StubOrder) => {
  switch (order.kind) {
    case 'serve':
      return Object.fromEntries(await Promise.all(shopSubgraphs.map(buildStub).map(serve)));
    case 'watch':
      delay = order.delay;
      seen = [];
      return null;
    case 'seen': {
      const all = seen ?? [];
      delay = 0;
      seen = undefined;
      return all;
    }
    case 'counts': {
      const all = counts;
      counts = { requests: 0, computed: 0 };
      return all;
    }
  }
});
