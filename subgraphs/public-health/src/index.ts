export { createPublicHealth } from './subgraph.ts';
