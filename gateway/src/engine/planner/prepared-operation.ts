import type { DocumentNode } from 'graphql';
import type { ClientOperation } from './client-operation.ts';
import type { QueryPlan } from './query-plan.ts';

/** An operation ready to run any number of times: validated, read and planned. Immutable and shared. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly operation: ClientOperation;
  readonly plan: QueryPlan;
}
