import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { largeSubgraphs, listAnswer, stockOf, type LargeOrder } from '../large-answers.ts';
import { serveOrders } from '../pinned-process.ts';

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const lists = new Map<string, Buffer>();

/** The list of so many items; made once. */
function listOf(count: number, hasTypename: boolean): Buffer {
  const key = `${count} ${hasTypename}`;
  const known = lists.get(key) ?? listAnswer(count, hasTypename);
  lists.set(key, known);
  return known;
}

function stocksOf(representations: readonly { readonly id: string }[]): string {
  const entities = representations.map(({ id }) => `{"stock":${stockOf(Number(id.slice('it_'.length)))}}`);
  return `{"data":{"_entities":[${entities.join(',')}]}}`;
}

async function answer(request: IncomingMessage): Promise<Buffer | string> {
  const { query, variables } = JSON.parse(await text(request)) as Asked;
  const [value] = Object.values(variables);
  return request.url === '/stock' ? stocksOf(value as never) : listOf(Number(value), query.includes('__typename'));
}

serveOrders(
  (_order: LargeOrder) =>
    new Promise((resolve) => {
      const server = createServer((request, response) => {
        void answer(request).then((body) => {
          const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
          response.writeHead(200, headers).end(body);
        });
      });
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        resolve(Object.fromEntries(largeSubgraphs.map((name) => [name, `http://127.0.0.1:${port}/${name}`])));
      });
    }),
);
