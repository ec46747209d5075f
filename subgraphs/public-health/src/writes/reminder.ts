import { createFaults, encodeOwnedId, nextNo, refuse, type Write, type Written } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { addDays } from '../rules/contract-term.ts';
import type { NoticeKind, SendReminderInput } from '../schema-types.ts';
import { servicePackages } from '../tables/contract.ts';
import { notices } from '../tables/governance.ts';
import { worksFor } from './contract-place.ts';
import { lockStandingContract } from './contract-record.ts';
import { lockTask } from './fulfilment-task.ts';
import { teamOf } from './team-of.ts';
import { texts } from './texts.ts';

/** Days before its end from which on a contract may be renewed, and its resident be reminded (domain.md 3.8.1). */
const RENEWAL_DAYS_BEFORE = 60;

/** Reminds a resident of a service that is due, or of a contract that ends soon (S3-51). */
export async function sendReminder(input: SendReminderInput, write: Write): Promise<Written> {
  const { taskId, contractId } = input;
  if (Boolean(taskId) === Boolean(contractId)) refuse('VALIDATION_FAILED', 'taskId', own.one);
  if (taskId) {
    const { task, team } = await lockTask(write, { taskId });
    if (!worksFor(write, team)) refuse('FORBIDDEN', 'taskId', texts.ownTeam);
    if (task.status !== 'PLANNED') refuse('INVALID_TRANSITION', 'taskId');
    const [row] = await write.tx.select().from(servicePackages).where(eq(servicePackages.code, task.packageCode));
    const item = row?.items.find(({ code }) => code === task.itemCode)?.name ?? row?.nameZh ?? '';
    const text = `请于${task.dueFrom}至${task.dueTo}期间接受“${item}”服务。`;
    return sendNotice(write, { residentId: task.residentId, kind: 'FULFILMENT_DUE', text });
  }
  const { contract } = await lockStandingContract(write, { id: contractId ?? '' }, 'contractId');
  if (!worksFor(write, await teamOf(write, contract))) refuse('FORBIDDEN', 'contractId', texts.ownTeam);
  if (contract.status !== 'ACTIVE') refuse('INVALID_TRANSITION', 'contractId');
  const faults = createFaults();
  const isNear = addDays(contract.validTo, -RENEWAL_DAYS_BEFORE) <= write.clock.day;
  faults.expect(isNear, 'VALIDATION_FAILED', 'contractId', own.early);
  faults.throwIfAny();
  const text = `您的家庭医生签约协议将于${contract.validTo}到期，请及时续签。`;
  return sendNotice(write, { residentId: contract.residentId, kind: 'CONTRACT_RENEWAL', text });
}

interface Reminder {
  readonly residentId: string;
  readonly kind: NoticeKind;
  readonly text: string;
}

/** Sends a notice to a resident 发送通知. */
export async function sendNotice(write: Write, { residentId, kind, text }: Reminder): Promise<Written> {
  const no = await nextNo(write, notices, residentId);
  await write.tx.insert(notices).values({ residentId, no, kind, text, sentAt: write.clock.instant });
  const id = encodeOwnedId('nt', residentId, no);
  write.change({ type: 'Notice', id, residentId, kind: 'CREATED', payload: { kind, sentAt: write.clock.instant } });
  return { id };
}

const own = {
  one: { en: 'Name either a task or a contract.', zh: '请填写任务或协议其中一项。' },
  early: { en: 'The contract does not end within 60 days.', zh: '协议距到期超过60天，无需提醒。' },
};
