import type { ReportFact } from './care.ts';
import type { CareLevel } from './places.ts';

/** A drug of the county catalogue with what insurance says about it. */
export interface DrugFact {
  readonly id: string;
  readonly nhsaDrugCode: string;
  readonly genericName: string;
  readonly nameEn: string;
  readonly strength: string;
  readonly dosageForm: string;
  readonly pack: string;
  readonly essential: boolean;
  readonly contractFlexible: boolean;
  readonly catalogueVersion: string;
  readonly chargeClass: 'A' | 'B';
  readonly selfPayRatio: string;
  readonly price: string;
  readonly priceCap: string | null;
  readonly twoDisease: boolean;
  /** HTN, T2DM … or null. */
  readonly diseaseKind: string | null;
}

/** A priced service or consumable 价格项目. */
export interface PriceItemFact {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: 'SERVICE' | 'CONSUMABLE';
  readonly unit: string;
  readonly chargeClass: 'A' | 'B' | 'C';
  readonly selfPayRatio: string;
  readonly approvedPrice: Readonly<Record<CareLevel, string>>;
  readonly approvedBy: string;
  readonly validFrom: string;
}

/** An item of the recognition catalogue 互认项目. */
export interface RecognitionItemFact {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly category: ReportFact['category'];
  readonly bodySite: string | null;
  readonly specimen: string | null;
  readonly validityDays: number;
  readonly priceItemCode: string;
}
