import type { GatewayOrder } from '../gateway-orders.ts';
import { serveOrders } from '../pinned-process.ts';

// Each is loaded only where it is served: what a process holds is measured too.
serveOrders(async (order: GatewayOrder) => {
  switch (order.kind) {
    case 'apollo':
      return (await import('../serve-apollo.ts')).serveApollo(order);
    case 'floor-fetches':
      return (await import('../serve-floor-fetches.ts')).serveFloorFetches(order);
    case 'floor-apollo':
      return (await import('../serve-floor-apollo.ts')).serveFloorApollo(order);
  }
});
