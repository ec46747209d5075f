import { createCallerSigner, createCallerVerifier, generateCallerKeys } from '@hutong/schema';
import { createKeyRing, openDatabase, parseDataKeys, serveSubgraph } from '@hutong/kit';
import { packages } from '../region.ts';
import { startWorld, type RegionPlace } from '../world.ts';
import { serveApolloGateway } from './apollo-gateway.ts';
import { serveHandWrittenSql } from './hand-written-sql.ts';
import type { Variant } from './variants.ts';

/** One variant in a process of its own; tells its address to the parent. */
async function serve(variant: Variant, region: RegionPlace): Promise<string> {
  switch (variant) {
    case 'sql':
      return serveHandWrittenSql(region);
    case 'colocated':
    case 'distributed':
      return (await startWorld(variant, region)).url;
    case 'apollo': {
      const { privateKey, publicKeys } = await generateCallerKeys('bench');
      const verifyCaller = await createCallerVerifier(publicKeys);
      const keys = createKeyRing(parseDataKeys(region.dataKeys));
      const servers = await Promise.all(
        packages.map(async ({ name, create }) => {
          const database = await openDatabase({ url: region.databases[name] ?? '' });
          return [
            name,
            (await serveSubgraph(create({ database, keys }), { host: '127.0.0.1', port: 0, verifyCaller })).url,
          ] as const;
        }),
      );
      const caller = { id: 'bench', kind: 'SERVICE', role: 'SYSTEM', regionCodes: [], scopes: [] } as const;
      return serveApolloGateway(new Map(servers), await createCallerSigner(privateKey), caller);
    }
  }
}

// Without its parent a server has nobody to serve.
process.once('disconnect', () => process.exit());
process.once('message', (order: { readonly variant: Variant; readonly region: RegionPlace }) => {
  void serve(order.variant, order.region).then((url) => process.send?.({ url }));
});
