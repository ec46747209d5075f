import {
  type Faults,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectBetween,
  expectSize,
  expectText,
  expectVersion,
  refuse,
} from '@hutong/kit';
import { and, eq, notInArray } from 'drizzle-orm';
import type { PackageItemInput, UpsertServicePackageInput } from '../schema-types.ts';
import { fulfilmentTasks, servicePackages } from '../tables/contract.ts';
import { texts } from './texts.ts';

const MOST_ITEMS = 50;

/** Makes or changes a service package (domain.md 3.8.4); what open tasks ask for stays in it. */
export async function upsertServicePackage(input: UpsertServicePackageInput, write: Write): Promise<Written> {
  const { role } = write.caller;
  if (role !== 'HEALTH_COMMISSION' && role !== 'SYSTEM') refuse('FORBIDDEN', 'code', texts.commission);
  expectSize(input.items, MOST_ITEMS, 'items');
  const { code } = input;
  const [stored] = await write.tx.select().from(servicePackages).where(eq(servicePackages.code, code)).for('update');
  if (stored !== undefined) expectVersion(stored, input.version);
  const faults = createFaults();
  checkTexts(input, faults);
  checkItems(input.items, faults);
  const sameKind = stored === undefined || stored.kind === input.kind;
  faults.expect(sameKind, 'VALIDATION_FAILED', 'kind', own.kind);
  await checkOpenTasks(input, write, faults);
  faults.throwIfAny();

  const row = {
    kind: input.kind,
    nameZh: input.nameZh.trim(),
    nameEn: input.nameEn?.trim() ?? null,
    variant: input.variant?.trim() ?? null,
    targetGroups: [...new Set(input.targetGroups)],
    items: input.items.map((item) => ({ ...item, name: item.name.trim() })),
    validFrom: input.validFrom ?? null,
    validTo: input.validTo ?? null,
    ...(stored === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(stored, write)),
  };
  await write.tx
    .insert(servicePackages)
    .values({ code, ...row })
    .onConflictDoUpdate({ target: servicePackages.code, set: row });
  const { kind, variant, validFrom, validTo, version } = row;
  const itemCodes = row.items.map((item) => item.code);
  const payload = { kind, variant, itemCodes, validFrom, validTo, version };
  write.change({ type: 'ServicePackage', id: code, kind: stored === undefined ? 'CREATED' : 'UPDATED', payload });
  return { id: code };
}

function checkTexts(input: UpsertServicePackageInput, faults: Faults): void {
  const isCode = /^[A-Z0-9_-]{2,40}$/.test(input.code);
  faults.expect(isCode, 'VALIDATION_FAILED', 'code', own.code);
  expectText(faults, input.nameZh, 'nameZh', 100);
  expectText(faults, input.nameEn, 'nameEn', 100);
  expectText(faults, input.variant, 'variant', 40);
  const ordered = !input.validFrom || !input.validTo || input.validFrom <= input.validTo;
  faults.expect(ordered, 'VALIDATION_FAILED', 'validTo', texts.order);
}

function checkItems(items: readonly PackageItemInput[], faults: Faults): void {
  faults.expect(items.length > 0, 'VALIDATION_FAILED', 'items', texts.needed);
  const codes = items.map(({ code }) => code);
  items.forEach(({ code, name, frequencyPerYear }, index) => {
    const at = `items.${index}`;
    expectText(faults, code, `${at}.code`, 40);
    faults.expect(codes.indexOf(code) === index, 'VALIDATION_FAILED', `${at}.code`, texts.twice);
    expectText(faults, name, `${at}.name`, 100);
    expectBetween(faults, frequencyPerYear, [1, 52], `${at}.frequencyPerYear`);
  });
}

async function checkOpenTasks(
  { code, items }: UpsertServicePackageInput,
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  const { packageCode, itemCode, status } = fulfilmentTasks;
  const kept = items.map((item) => item.code);
  const [open] = await tx
    .select({ itemCode })
    .from(fulfilmentTasks)
    .where(and(eq(status, 'PLANNED'), eq(packageCode, code), notInArray(itemCode, ['', ...kept])))
    .limit(1);
  faults.expect(open === undefined, 'VALIDATION_FAILED', 'items', own.open);
}

const own = {
  code: { en: 'A code has 2 to 40 capital letters, digits, - or _.', zh: '编码为 2 至 40 位大写字母、数字、- 或 _。' },
  kind: { en: 'The kind of a package stays what it is; make a new one.', zh: '服务包类别不可变更，请新建服务包。' },
  open: {
    en: 'An item that open tasks ask for cannot be left out; end the validity of the package instead.',
    zh: '仍有未完成任务的项目不可删除，可改为设置失效日期。',
  },
};
