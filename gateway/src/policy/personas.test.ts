import { roles } from '@hutong/schema';
import { expect, test } from 'vitest';
import { defaultPersonaId, personas, personaTable, resolvePersonas } from './personas.ts';

test('there is a persona for each role of domain.md §6.1, in its order, of two hospitals for their staff; SYSTEM has none', () => {
  const present = personas.map(({ caller }) => caller.role);
  const expected = roles.filter((role) => role !== 'SYSTEM');
  expect(present).toEqual(expected.flatMap((role) => (role === 'INST_STAFF' ? [role, role] : [role])));
});

test('the default persona comes first and is no person’s own', () => {
  const [first] = resolvePersonas((handle) => handle);
  expect(first?.id).toBe(defaultPersonaId);
  expect(first?.caller).not.toHaveProperty('residentId');
});

test('handles of fixtures become ids, wherever a caller has one', () => {
  const callers = resolvePersonas((handle) => `<${handle}>`).map(({ caller }) => caller);
  const ids = callers.flatMap(({ residentId, practitionerId, institutionId, allianceId }) =>
    [residentId, practitionerId, institutionId, allianceId].filter((id) => id !== undefined),
  );
  expect(ids).toEqual([
    '<rs_demo_wang>',
    '<pr_demo_gp>',
    '<in_pei_longgu>',
    '<pr_demo_sec>',
    '<in_pei_1>',
    '<in_xuzhou_1>',
    '<in_pei_1>',
    '<al_pei_1>',
  ]);
});

test('the table for the documentation has one row per persona', () => {
  const rows = personaTable().trimEnd().split('\n');
  expect(rows).toHaveLength(personas.length + 2);
  expect(rows[2]).toBe(
    '| `resident` | `RESIDENT` | Mr Wang, resident<br>居民王某 | —<br>— | Pei county<br>沛县 | Everything about himself and his dependants, nothing about anybody else.<br>可看本人及被监护人的全部内容，不能看其他任何人。 |',
  );
});
