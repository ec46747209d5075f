import { createGateway, personaId, resolvePersonas, type Persona } from '@hutong/gateway';
import { demoClock, systemClock } from '@hutong/kit';
import { createCallerSigner } from '@hutong/schema';
import { gatewayParts, startWorld } from '../world.ts';
import { beginning, type WriteOrder } from './writes/write-order.ts';

/** The gateway of an order; tells its address to the parent. */
async function serve({ region, institutionIds, distributed }: WriteOrder): Promise<string> {
  const clock = demoClock({ asOf: beginning, seededAt: systemClock.now().toISOString() });
  const known = resolvePersonas(personaId);
  const personas = institutionIds.map((id) => staffOf(id, known));
  if (distributed === undefined) {
    return (await startWorld('colocated', region, { clock, background: true, personas })).url;
  }
  const { urls, privateKey } = distributed;
  const signCaller = await createCallerSigner(privateKey);
  const gateway = await createGateway({
    ...gatewayParts,
    clock,
    personas: [...known, ...personas],
    sources: { kind: 'distributed', urls: new Map(Object.entries(urls)), signCaller },
  });
  return gateway.listen({ host: '127.0.0.1', port: 0 });
}

function staffOf(institutionId: string, known: readonly Persona[]): Persona {
  const like = known.find(({ id }) => id === 'hospital-doctor');
  if (like === undefined) throw new TypeError('there is no persona hospital-doctor');
  return { ...like, id: institutionId, caller: { ...like.caller, id: `bench:${institutionId}`, institutionId } };
}

// Without its parent a server has nobody to serve.
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
process.once('message', (order: WriteOrder) => {
  void serve(order).then((url) => process.send?.({ url }));
});
