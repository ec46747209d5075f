import type { WriteResult } from '@hutong/kit';
import type { ClaimDecision } from './claim-decision.ts';

/** What a preview 结算试算 answers. */
export type PreviewedClaim = Pick<WriteResult, 'ok' | 'errors'> & {
  readonly decision: ClaimDecision | null;
};

/** The answer of a preview from what its work left. */
export function previewed({ ok, errors, notes }: WriteResult): PreviewedClaim {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- previewSettlement leaves the decision it made, in this process.
  return { ok, errors, decision: (notes['decision'] as ClaimDecision | undefined) ?? null };
}
