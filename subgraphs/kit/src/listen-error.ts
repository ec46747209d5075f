import { createServer } from 'node:net';

/** Where a server listens. */
export interface ListenPlace {
  readonly host: string;
  readonly port: number;
}

/** The server cannot listen; the message is one sentence for the person who starts it. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Throws `ListenError` when nobody could listen there now: asked before long work that would be in vain. */
export async function assertListenable(place: ListenPlace): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen(place, resolve);
    });
  } catch (error) {
    throw toListenError(error, place);
  } finally {
    probe.close();
  }
}

/** The system's error in a sentence. */
export function toListenError(error: unknown, place: ListenPlace): ListenError {
  return new ListenError(whyNot(error, place), { cause: error });
}

function whyNot(error: unknown, { host, port }: ListenPlace): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken: another program listens on ${host}:${port}. Stop it, or choose another port with PORT=N (or --port N). 端口 ${port} 已被占用，请停止占用它的程序，或用 PORT=N 换一个端口。`;
  }
  if (code === 'EACCES') {
    return `Port ${port} may not be used by this user; choose one above 1023 with PORT=N. 当前用户无权使用端口 ${port}，请用 PORT=N 选择 1023 以上的端口。`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST ${host} is not an address of this machine; 127.0.0.1 and 0.0.0.0 always are. HOST ${host} 不是本机地址。`;
  }
  return `The server cannot listen on ${host}:${port} (${String(code ?? error)}). 服务器无法监听 ${host}:${port}。`;
}
