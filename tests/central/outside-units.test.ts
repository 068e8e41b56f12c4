import { describe, expect, it } from 'vitest';
import type { UnitInput } from '../../src/contract/centre/index.ts';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import {
  CIRCLE,
  circleSupervisor,
  DISTRICT,
  MALL,
  mallMediator,
  newCase,
  PASSWORD_HASH,
  refusal,
  SHOP,
  steps,
  useCentre,
} from './setting.ts';

const setting = useCentre();
const admin = () => setting.centre.admin.admin;

const DEPARTMENT = '/HS/D01';
const WINDOW = '/HS/D01/D01W1';
const BANK = '/HS/B01';
const outside = (path: string, body: 'department' | 'window' | 'bank'): UnitInput => ({
  path,
  name: `${body}（虚构）`,
  body,
  disputePoint: false,
});
const ALL = [outside(DEPARTMENT, 'department'), outside(WINDOW, 'window'), outside(BANK, 'bank')];
const person = (role: string, unitPath: string) => ({
  id: `${role}-1`,
  name: '测试员',
  role: role as 'mediator',
  unitPath,
  passwordHash: PASSWORD_HASH,
});
const period = { from: '2020-01-01', to: '2040-12-31' };

/** The streams of these kinds that a unit's feed carries, by their ids. */
async function feedOf(unitPath: string, kind: string): Promise<Set<string>> {
  const device = await setting.device(unitPath);
  const { items } = await device.feed();
  return new Set(items.filter(({ event }) => event.stream.kind === kind).map(({ event }) => event.stream.id));
}

/** A settled case at the mall, as its workstation has handed it in. */
async function settledCase(): Promise<void> {
  const device = await setting.device(MALL);
  const stream = newCase();
  const events = [steps.register(), steps.accept(), steps.settle()].map((one) =>
    device.event({ stream, ...one, actor: mallMediator }),
  );
  const { receipts } = await device.push(events);
  expect(receipts.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
}

describe('departments, windows and banks', () => {
  it('are made by administrators, parents first, and listed as what they are', async () => {
    expect(await admin().createUnits({ units: ALL.toReversed() })).toEqual({ created: 3, existing: 0 });
    expect(await admin().createUnits({ units: ALL })).toEqual({ created: 0, existing: 3 });
    const { units } = await admin().units({ under: DISTRICT });
    expect(
      units.flatMap(({ path, level, body, disputePoint }) =>
        body === null ? [] : [{ path, level, body, disputePoint }],
      ),
    ).toEqual([
      { path: BANK, level: 0, body: 'bank', disputePoint: false },
      { path: DEPARTMENT, level: 0, body: 'department', disputePoint: false },
      { path: WINDOW, level: 0, body: 'window', disputePoint: false },
    ]);
    expect(units.find(({ path }) => path === CIRCLE)).toMatchObject({ level: 3, body: null });
  });

  it.each([
    [outside('/HS/C1/D01', 'department'), 'unit-body-below-district', 'path'],
    [outside('/HS/C1/B01', 'bank'), 'unit-body-below-district', 'path'],
    [outside('/HS/W1', 'window'), 'unit-window-below-department', 'path'],
    [{ ...outside('/HS/D02', 'department'), level: 3 }, 'unit-body-level', 'level'],
    [{ ...outside('/HS/D02', 'department'), party: 'regulator' }, 'unit-body-party', 'party'],
    [{ ...outside('/HS/D02', 'department'), disputePoint: true }, 'unit-body-point', 'disputePoint'],
    [
      { path: '/HS/D01/C7', name: '七号', level: 3, party: 'operator', disputePoint: true },
      'unit-below-body',
      'path',
    ],
    [{ path: '/HS/C7', name: '七号', party: 'operator', disputePoint: true }, 'unit-level-missing', 'level'],
    [{ path: '/HS/C7', name: '七号', level: 3, disputePoint: true }, 'unit-party-missing', 'party'],
  ] as const)('are refused as %j: %s', async (unit, rule, field) => {
    await admin().createUnits({ units: [outside(DEPARTMENT, 'department')] });
    // One that is wrong leaves all as it was.
    const refused = await refusal(admin().createUnits({ units: [outside(BANK, 'bank'), unit] }));
    expect(refused).toMatchObject({ code: 'RULE', data: { rule, field } });
    expect((await admin().units({ under: DISTRICT })).units.map(({ path }) => path)).not.toContain(BANK);
  });

  it('have people of their own roles, and no other unit has', async () => {
    await admin().createUnits({ units: ALL });
    await admin().addStaff({
      staff: [
        person('department-reviewer', DEPARTMENT),
        person('repair-clerk', WINDOW),
        person('finance-officer', BANK),
        person('credit-officer', DISTRICT),
      ],
    });
    for (const [role, unitPath] of [
      ['mediator', BANK],
      ['supervisor', DEPARTMENT],
      ['administrator', WINDOW],
      ['finance-officer', DISTRICT],
      ['finance-officer', DEPARTMENT],
      ['credit-officer', CIRCLE],
      ['repair-clerk', SHOP],
      ['department-reviewer', WINDOW],
    ] as const) {
      const added = await refusal(
        admin().addStaff({ staff: [{ ...person(role, unitPath), id: 'somebody' }] }),
      );
      expect(added, `${role} at ${unitPath}`).toMatchObject({
        code: 'RULE',
        data: { rule: 'role-not-at-unit', field: 'role' },
      });
    }
    const assigned = admin().assignStaff({ staffId: 'mediator-mall', role: 'mediator', unitPath: BANK });
    expect(await refusal(assigned)).toMatchObject({ data: { rule: 'role-not-at-unit', field: 'role' } });
    await admin().assignStaff({ staffId: 'mediator-mall', role: 'finance-officer', unitPath: BANK });
    const { staff } = await admin().staff({ under: BANK });
    expect(staff.map(({ staffId, role }) => [staffId, role])).toEqual(
      expect.arrayContaining([['mediator-mall', 'finance-officer']]),
    );
    expect((await verifyDatabase(setting.centre.databaseUrl)).filter((one) => one.broken > 0)).toEqual([]);
  });

  it('are enrolled like any, are told of the district and its rules, and of nothing that is handled there', async () => {
    await settledCase();
    await admin().createUnits({ units: ALL });
    await admin().addStaff({ staff: [person('finance-officer', BANK), person('repair-clerk', WINDOW)] });
    await settledCase();
    // Departments and windows are known in their whole district, a bank where it stands.
    expect(await feedOf(BANK, 'unit')).toEqual(new Set(['HS', 'D01', 'D01W1', 'B01']));
    expect(await feedOf(WINDOW, 'unit')).toEqual(new Set(['HS', 'D01', 'D01W1']));
    for (const kind of ['case', 'return', 'merchant', 'credit'])
      for (const path of [BANK, DEPARTMENT, WINDOW]) expect(await feedOf(path, kind)).toEqual(new Set());
    expect(await feedOf(BANK, 'staff')).toEqual(new Set(['finance-officer-1']));
    // Who would transfer or hand down a case knows what may be applied for there; a bank only the district does.
    await admin().createUnits({
      units: [{ path: '/HS/C2', name: '二号', level: 3, party: 'operator', disputePoint: true }],
    });
    expect(await feedOf('/HS/C2', 'unit')).toEqual(new Set(['HS', 'C1', 'C2', 'D01', 'D01W1']));
    expect(await feedOf(CIRCLE, 'unit')).not.toContain('B01');
    expect(await feedOf(DISTRICT, 'unit')).toEqual(
      new Set(['HS', 'C1', 'C2', 'M01', 'M02', 'S001', 'D01', 'D01W1', 'B01']),
    );
    expect((await verifyDatabase(setting.centre.databaseUrl)).filter((one) => one.broken > 0)).toEqual([]);
  });

  it('change no figure, are no part of the roll-up, and nothing waits for their workstations', async () => {
    await settledCase();
    const read = (path = DISTRICT) => admin().rollup({ path, ...period });
    const { generatedAt: _before, ...before } = await read();
    await admin().createUnits({ units: ALL });
    for (const path of [DEPARTMENT, WINDOW, BANK]) await setting.device(path);
    const { generatedAt: _after, ...after } = await read();
    expect(after).toEqual(before);
    expect(after.completeness.workstations).toBe(1);
    // Two days later the mall's is missing, and none of theirs.
    setting.centre.setNow(new Date(Date.now() + 2 * 86_400_000));
    expect((await read()).completeness.missing.map(({ unitPath }) => unitPath)).toEqual([MALL]);
    // Of itself a department has its own workstations, and nothing counted.
    const own = await read(DEPARTMENT);
    expect(own.unit).toMatchObject({ level: 0, path: DEPARTMENT });
    expect(own.completeness.workstations).toBe(2);
    expect(own.children).toEqual([]);
    expect(Object.values(own.all.totals).every((one) => one === 0)).toBe(true);
  });

  it('take no case: it is neither moved nor opened there, and their devices ask about no consumer', async () => {
    await admin().createUnits({ units: ALL });
    await admin().addStaff({
      staff: [person('finance-officer', BANK), person('department-reviewer', DEPARTMENT)],
    });
    const circle = await setting.device(CIRCLE);
    const stream = newCase();
    const { receipts } = await circle.push(
      [
        steps.register(),
        steps.accept(),
        { type: 'case-transferred', payload: { toPath: DEPARTMENT, reason: '试' } },
        { type: 'unit-joined', payload: { path: BANK, reason: '试' } },
      ].map((one) => circle.event({ stream, ...one, actor: circleSupervisor })),
    );
    expect(receipts.map(({ status, refusal: why }) => [status, why?.rule])).toEqual([
      ['accepted', undefined],
      ['accepted', undefined],
      ['rejected', 'unit-outside'],
      ['rejected', 'unit-outside'],
    ]);
    const bank = await setting.device(BANK);
    const officer = { staffId: 'finance-officer-1', name: '测试员', role: 'finance-officer', unitPath: BANK };
    const pushed = await bank.push([
      bank.event({ stream: newCase(), ...steps.register(), actor: { ...officer, role: 'finance-officer' } }),
    ]);
    expect(pushed.receipts).toMatchObject([{ status: 'rejected', refusal: { rule: 'role-may-not' } }]);
    const asked = bank.client.repeats.ask({
      mark: 'a'.repeat(43),
      merchantId: null,
      staffId: officer.staffId,
    });
    expect(await refusal(asked)).toMatchObject({ code: 'FORBIDDEN' });
  });
});
