import { createServer } from 'node:http';
import { Agent } from 'undici';
import type { GatewayOrder } from './gateway-orders.ts';
import type { RecordedFetch } from './recording.ts';

/** The least a gateway in Node can do: take the request, send the same requests to the subgraphs, answer with the same bytes. */
export function serveFloorFetches({
  port,
  recordings,
}: Extract<GatewayOrder, { kind: 'floor-fetches' }>): Promise<null> {
  const agent = new Agent({ connections: 256 });
  const known = new Map(
    recordings.map(({ asked, stages, answer }) => [
      asked,
      { answer: Buffer.from(answer), stages: stages.map((stage) => stage.map(prepare)) },
    ]),
  );
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const recording = known.get(Buffer.concat(parts).toString());
      if (recording === undefined) {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
        return;
      }
      void runStages(agent, recording.stages).then(() => {
        const headers = { 'content-type': 'application/json', 'content-length': recording.answer.length };
        response.writeHead(200, headers).end(recording.answer);
      });
    });
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(null));
  });
}

interface PreparedFetch {
  readonly origin: string;
  readonly path: string;
  readonly body: string;
}

function prepare({ url, body }: RecordedFetch): PreparedFetch {
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname, body };
}

async function runStages(agent: Agent, stages: readonly (readonly PreparedFetch[])[]): Promise<void> {
  for (const stage of stages) await Promise.all(stage.map((each) => exchange(agent, each)));
}

const headers = { 'content-type': 'application/json', accept: 'application/json' };

/** Gives the answer's text, which nobody reads. */
function exchange(agent: Agent, { origin, path, body }: PreparedFetch): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    agent.dispatch(
      { origin, path, method: 'POST', headers, body },
      {
        onConnect: () => undefined,
        onHeaders: () => true,
        onData: (part) => parts.push(part) > 0,
        onComplete: () => resolve(Buffer.concat(parts).toString()),
        onError: reject,
      },
    );
  });
}
