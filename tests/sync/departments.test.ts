import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { DISTRICT, MALL } from '../central/setting.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { caseInput, foreignEvent, openTestWorkstation, PASSWORD } from '../support/workstation.ts';

const given = useWorkstations();

const DEPARTMENT = '/HS/D01';
const WINDOW = '/HS/D01/D01W1';
const BANK = '/HS/B01';
const PLACES = [
  [DEPARTMENT, 'department', 'department-reviewer'],
  [WINDOW, 'window', 'repair-clerk'],
  [BANK, 'bank', 'finance-officer'],
] as const;
const CAPABILITIES = {
  'department-reviewer': ['figures.read', 'restoration.read', 'restoration.review', 'restoration.reveal'],
  'repair-clerk': ['restoration.read', 'restoration.handle', 'restoration.reveal'],
  'finance-officer': ['finance.lend', 'consent.read'],
};

/** The units outside the hierarchy with one person each, and a credit officer at the district. */
async function createOffices(): Promise<void> {
  const { admin } = given.centre.admin;
  const { passwordHash } = given;
  await admin.createUnits({
    units: PLACES.map(([path, body]) => ({ path, body, name: `${body}（虚构）`, disputePoint: false })),
  });
  await admin.addStaff({
    staff: [...PLACES.map(([unitPath, , role]) => ({ unitPath, role })), OFFICER].map((one) => ({
      ...one,
      id: one.role,
      name: '测试员',
      passwordHash,
    })),
  });
}
const OFFICER = { unitPath: DISTRICT, role: 'credit-officer' } as const;

async function green(...all: LiveWorkstation[]): Promise<void> {
  for (const { api } of all) expect((await api.sync.now()).sign).toBe('proved');
}

async function kindsAt({ running }: LiveWorkstation): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    SELECT DISTINCT stream_kind AS kind FROM event ORDER BY kind`.execute(running.parts.store.read);
  return rows.map(({ kind }) => kind);
}

describe('the workstation of a department, a window or a bank', () => {
  it('is enrolled, syncs and is green, knows its own people, and sees no case', async () => {
    await createOffices();
    const mall = await given.open('mall', MALL, 'mediator-mall');
    await mall.api.cases.register(caseInput());
    await green(mall);
    for (const [unitPath, body, role] of PLACES) {
      const capabilities = CAPABILITIES[role];
      const office = await given.open(role, unitPath, role);
      await green(office);
      const { staff, enrolment } = await office.api.session.state();
      expect(staff).toMatchObject({ role, capabilities, unit: { path: unitPath, body, level: 0 } });
      expect(enrolment?.unit).toMatchObject({ body, disputePoint: false });
      expect(await office.api.session.people()).toMatchObject([{ staffId: role, role }]);
      const kinds = await kindsAt(office);
      expect(kinds).toEqual(expect.arrayContaining(['staff', 'unit']));
      for (const kind of ['case', 'return', 'merchant', 'credit', 'fund']) expect(kinds).not.toContain(kind);
      await expect(office.api.cases.list({})).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
      await expect(office.api.merchants.list({})).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
      await expect(
        office.api.rollup.get({ path: unitPath, from: '2026-01-01', to: '2026-12-31' }),
      ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    }
    expect((await verifyDatabase(given.centre.databaseUrl)).filter((one) => one.broken > 0)).toEqual([]);
  });

  it('is no choice for a case, a merchant or the roll-up at the district, and its officer reads grades without cases', async () => {
    await createOffices();
    const supervisor = await given.open('district', DISTRICT, 'supervisor-district');
    const { id } = await supervisor.api.cases.register(caseInput());
    await green(supervisor);
    const paths = (units: readonly { path: string }[]): string[] =>
      units.map(({ path }) => path).filter((path) => PLACES.some(([one]) => one === path));
    // They are known here all the same.
    expect(paths(supervisor.running.parts.directory.all())).toHaveLength(3);
    expect(paths(await supervisor.api.merchants.units())).toEqual([]);
    expect(paths(await supervisor.api.rollup.units())).toEqual([]);
    const detail = await supervisor.api.cases.get({ id });
    for (const targets of [detail.handDownTargets, detail.transferTargets, detail.joinTargets])
      expect(paths(targets)).toEqual([]);
    const { view } = await supervisor.api.rollup.get({
      path: DISTRICT,
      from: '2020-01-01',
      to: '2040-12-31',
    });
    expect(paths(view.children)).toEqual([]);
    const register = supervisor.api.merchants.register({
      merchantId: crypto.randomUUID(),
      name: '虚构店',
      creditCode: null,
      category: 'enterprise',
      address: null,
      contactName: null,
      phone: null,
      unitPath: DEPARTMENT,
    });
    await expect(register).rejects.toMatchObject({ data: { rule: 'unit-outside', field: 'unitPath' } });
    const fund = { fundId: crypto.randomUUID(), name: '先行赔付金（虚构）', floorFen: 0 };
    await expect(supervisor.api.funds.open({ ...fund, unitPath: BANK })).rejects.toMatchObject({
      data: { rule: 'unit-outside', field: 'unitPath' },
    });
    expect(await supervisor.api.funds.open({ ...fund, unitPath: DISTRICT })).toBeDefined();
    const list = {
      attentionId: crypto.randomUUID(),
      from: '2026-01-01',
      to: '2026-02-28',
      least: 2,
      merchants: [{ merchantId: 'm', name: '虚构店', count: 2 }],
      dueOn: '2099-01-01',
      text: '请整改',
    };
    await expect(supervisor.api.inspections.push({ ...list, ownerPath: DEPARTMENT })).rejects.toMatchObject({
      data: { rule: 'unit-outside', field: 'ownerPath' },
    });

    const window = supervisor.running.connect();
    await window.api.session.signIn({ staffId: 'credit-officer', password: PASSWORD });
    expect(await window.api.credits.list({})).toMatchObject({ items: [] });
    expect(
      (await window.api.rollup.get({ path: DISTRICT, from: '2020-01-01', to: '2040-12-31' })).view.unit,
    ).toMatchObject({ path: DISTRICT });
    for (const call of [
      window.api.cases.get({ id }),
      window.api.returns.list({}),
      window.api.today.get(),
      window.api.deadlines.board({}),
    ])
      await expect(call).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await window.api.sync.attention()).toEqual([]);
  });
});

describe('a body or a role that only a newer release knows', () => {
  it('is kept, blocks nothing, and gives nobody a place or a sign-in', async () => {
    const { running, api, feed, unitPath } = await openTestWorkstation(join(given.folder, 'older'), {});
    const unit = { name: '学校（虚构）', path: '/HS/X1', body: 'school' };
    const person = {
      name: '某人',
      role: 'inspector',
      unitPath,
      passwordHash: '$argon2id$v=19$m=8,t=1,p=1$YQ$YQ',
    };
    const items = [
      feed.item(foreignEvent('unit', 'X1', 'unit-created', unit, { version: 2 })),
      feed.item(foreignEvent('staff', 'inspector-1', 'staff-added', person, { version: 2 })),
      // As a release of before sees what is written in the next version.
      feed.item(foreignEvent('unit', 'X2', 'unit-created', unit, { version: 9 })),
      feed.item(foreignEvent('unit', 'C1', 'unit-renamed', { name: '新名' })),
    ];
    const { store, directory } = running.parts;
    await store.write((writer) =>
      applyFeedPage(writer, { items, head: feed.head(), centreTime: '2026-01-01T01:00:00.000Z' }, directory),
    );
    const { rows } = await sql<{ id: string; status: string }>`
      SELECT stream_id AS id, status FROM event WHERE stream_id IN ('X1', 'X2', 'inspector-1') ORDER BY id`.execute(
      store.read,
    );
    expect(rows).toEqual([
      { id: 'X1', status: 'unknown' },
      { id: 'X2', status: 'unknown' },
      { id: 'inspector-1', status: 'unknown' },
    ]);
    expect(directory.unit('/HS/X1')).toBeUndefined();
    expect(directory.nameOf('/HS/C1')).toBe('新名');
    expect((await api.session.people()).map(({ staffId }) => staffId)).not.toContain('inspector-1');
    await running.close();
  });
});
