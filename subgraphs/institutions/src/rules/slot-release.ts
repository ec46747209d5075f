import { Decimal } from 'decimal.js';
import type { SlotChannel } from '../schema-types.ts';

/** Who books: the county lead hospital, another member of its alliance, anybody. */
export type SlotBooker = 'LEAD_HOSPITAL' | 'MEMBER' | 'PUBLIC';

/** How many slots of a session go to which channel. */
export interface SlotRelease {
  readonly released: number;
  readonly lead: number;
  readonly alliance: number;
  readonly public: number;
}

/** The figures of a release policy that grows by a step a year. */
export interface SlotRatioPolicy {
  readonly startYear: number;
  readonly startRatio: string;
  readonly yearlyStep: string;
  readonly maxRatio: string;
}

/** Days before the visit on which channels open (domain.md 3.5.2, 3.23). */
export interface SlotWindows {
  readonly leadWindowDays: number;
  readonly allianceWindowDays: number;
}

/** The product default of the windows: 14 days before opens, 4 days for the lead hospital, 8 for the alliance. */
export const DEFAULT_SLOT_WINDOWS: SlotWindows = { leadWindowDays: 4, allianceWindowDays: 8 };

/** Days between the end of the alliance window (at noon) and the visit. */
const PUBLIC_DAYS = 2;
const DAY = 86_400_000;
const SHANGHAI = '+08:00';

/** Splits the slots of a session into channels (domain.md 3.5). */
export function releaseSlots(total: number, ratio: string, leadShare: string): SlotRelease {
  const released = new Decimal(total).times(ratio).ceil().toNumber();
  const lead = new Decimal(released).times(leadShare).ceil().toNumber();
  return { released, lead, alliance: released - lead, public: total - released };
}

/** Release ratio in force in a year: start + step · years, at most the maximum (domain.md 3.5). */
export function releaseRatio(policy: SlotRatioPolicy, year: number): string {
  const years = Math.max(0, year - policy.startYear);
  const grown = new Decimal(policy.startRatio).plus(new Decimal(policy.yearlyStep).times(years));
  return Decimal.min(policy.maxRatio, grown).toFixed(2);
}

/** Channel of the slot at a position (from 0) of a session: lead hospital's first, then the alliance's, then public. */
export function channelAt(position: number, release: SlotRelease): SlotChannel {
  if (position < release.lead) return 'LEAD_HOSPITAL';
  return position < release.released ? 'ALLIANCE' : 'PUBLIC';
}

/** A slot at an instant: `visitDay` is a date, `at` an ISO instant. */
export interface SlotAtInstant {
  readonly channel: SlotChannel;
  readonly visitDay: string;
  readonly at: string;
  /** Whether the resident has a contract, which opens slots of the channel SIGNED 签约居民. */
  readonly residentSigned: boolean;
}

/** Whether a booker may take a slot at an instant: `CHANNEL_CLOSED` is the error code of the refusal (domain.md 3.5.2). */
export function bookingDecision(
  slot: SlotAtInstant,
  booker: SlotBooker,
  windows: SlotWindows = DEFAULT_SLOT_WINDOWS,
): 'ALLOWED' | 'CHANNEL_CLOSED' {
  if (Date.parse(slot.at) < windowsOf(slot.visitDay, windows).opens) return 'CHANNEL_CLOSED';
  switch (currentChannel(slot, windows)) {
    case 'PUBLIC':
      return 'ALLOWED';
    case 'SIGNED':
      return slot.residentSigned ? 'ALLOWED' : 'CHANNEL_CLOSED';
    case 'ALLIANCE':
      return booker === 'PUBLIC' ? 'CHANNEL_CLOSED' : 'ALLOWED';
    case 'LEAD_HOSPITAL':
      return booker === 'LEAD_HOSPITAL' ? 'ALLOWED' : 'CHANNEL_CLOSED';
  }
}

/** Channel to which the unused places of a slot belong at an instant: lead hospital, then alliance, then public (domain.md 3.5.2, 3.23). */
export function currentChannel(
  { channel, visitDay, at }: Omit<SlotAtInstant, 'residentSigned'>,
  windows: SlotWindows = DEFAULT_SLOT_WINDOWS,
): SlotChannel {
  const { leadEnds, publicFrom } = windowsOf(visitDay, windows);
  const instant = Date.parse(at);
  if (instant >= publicFrom) return 'PUBLIC';
  return channel === 'LEAD_HOSPITAL' && instant >= leadEnds ? 'ALLIANCE' : channel;
}

/** When the windows of a visit day begin and end, in milliseconds. */
function windowsOf(visitDay: string, { leadWindowDays, allianceWindowDays }: SlotWindows) {
  const visit = Date.parse(`${visitDay}T00:00:00${SHANGHAI}`);
  const opensDays = leadWindowDays + allianceWindowDays + PUBLIC_DAYS;
  return {
    opens: visit - opensDays * DAY + DAY / 3,
    leadEnds: visit - (opensDays - leadWindowDays) * DAY,
    publicFrom: visit - PUBLIC_DAYS * DAY + DAY / 2,
  };
}
