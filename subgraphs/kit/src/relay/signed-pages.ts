import { createHash } from 'node:crypto';
import { callerTokenHeader, type CallerClaims, type CallerSigner } from '@hutong/schema';
import { systemCaller } from '../jobs/job.ts';
import type { InboxAnswer, IncomingPage } from './inbox.ts';
import type { Outlet } from './start-relay.ts';

/** Path of the inbox on a subgraph's server, beside that of its graph. */
export const inboxPath = '/changes';

/** Milliseconds until a page that is not answered is sent again. */
const patience = 30_000;

/**
 * The inbox of a subgraph behind HTTP. A page travels with a caller token whose request id is the page's SHA-256, so that the token
 * signs the page, too.
 */
export function createHttpOutlet(name: string, graphUrl: string, signCaller: CallerSigner): Outlet {
  const url = new URL(inboxPath.slice(1), graphUrl);
  return {
    name,
    async takeIn(page, signal) {
      const body = JSON.stringify(page);
      const requestId = digestOf(body);
      const token = await signCaller(name, { caller: systemCaller, requestId, businessTime: page.businessTime });
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-request-id': requestId, [callerTokenHeader]: token },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      });
      if (!response.ok) throw new Error(`${url.href} answered ${response.status} to a page of changes`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the inbox of the same version of this program answers.
      return (await response.json()) as InboxAnswer;
    },
  };
}

/** The page in a signed body; undefined when the token does not sign this body, or is no relay's. */
export function openSignedPage(body: string, { caller, requestId }: CallerClaims): IncomingPage | undefined {
  if (caller.role !== 'SYSTEM' || requestId !== digestOf(body)) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- signed by a relay of this product.
  return JSON.parse(body) as IncomingPage;
}

function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
