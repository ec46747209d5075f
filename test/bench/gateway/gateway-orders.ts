import type { Recording } from './recording.ts';

/** Which of the benchmark's own servers a process is to be. */
export type GatewayOrder =
  /** @apollo/gateway on Apollo Server's standalone server. */
  | { readonly kind: 'apollo'; readonly port: number; readonly supergraphFile: string }
  /** A bare HTTP server that sends the recorded requests to the subgraphs and answers the recorded text. */
  | { readonly kind: 'floor-fetches'; readonly port: number; readonly recordings: readonly Recording[] }
  /** Apollo Server on Fastify that answers the recorded text. */
  | {
      readonly kind: 'floor-apollo';
      readonly port: number;
      readonly supergraphFile: string;
      readonly recordings: readonly Recording[];
    };
