import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { up as assignmentsEnd } from '../../migrations/central/0020-assignments-end.ts';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import type { StaffState } from '../../src/domain/organisation/index.ts';
import {
  districtSupervisor,
  mallMediator,
  MALL,
  newCase,
  SECOND_MALL,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';

const setting = useCentre();
const DAY = 86_400_000;
const EVIDENCE = 'b'.repeat(64);
const MERCHANT = {
  name: '虚构鞋店',
  creditCode: null,
  category: 'enterprise',
  unitPath: SHOP,
  address: null,
  contactName: null,
  phone: null,
  invented: true,
};

describe('a workstation', () => {
  it('acts in the name of nobody of another unit, whatever of theirs it sees', async () => {
    const [shop, mall] = [await setting.device(SHOP), await setting.device(MALL)];
    const stream = newCase();
    const by = { stream, actor: shopManager };
    const added = { sha256: EVIDENCE, size: 3, mediaType: 'image/jpeg', name: '照片.jpg', kind: 'photo' };
    await shop.push([
      shop.event({ ...by, ...steps.register() }),
      shop.event({ ...by, ...steps.escalate(MALL) }),
    ]);
    await mall.push([mall.event({ stream, actor: mallMediator, type: 'evidence-added', payload: added })]);
    const merchant = { kind: 'merchant', id: 'merchant-1' };
    const withdrawn = { type: 'evidence-withdrawn', payload: { sha256: EVIDENCE, reason: '撤下' } };
    const { receipts } = await shop.push([
      shop.event({ stream, actor: mallMediator, ...withdrawn }),
      shop.event({ stream, actor: { ...mallMediator, unitPath: SHOP }, ...withdrawn }),
      shop.event({
        stream: merchant,
        actor: districtSupervisor,
        type: 'merchant-registered',
        payload: MERCHANT,
      }),
      shop.event({ stream, actor: { ...shopManager, name: '别人' }, ...steps.note() }),
      shop.event({ stream, actor: { ...shopManager, role: 'supervisor' }, ...steps.note() }),
      shop.event({ ...by, ...steps.note() }),
    ]);
    expect(receipts.map(({ refusal }) => refusal?.rule)).toEqual([
      ...Array.from({ length: 5 }, () => 'actor-unknown'),
      undefined,
    ]);
    const { rows } = await sql<{ state: string }>`SELECT state FROM stream WHERE id = ${stream.id}`.execute(
      setting.centre.centre.database,
    );
    expect(JSON.parse(rows[0]?.state ?? '')).toMatchObject({ evidence: [{ withdrawn: null }] });
  });

  it('draws no number of another unit', async () => {
    const shop = await setting.device(SHOP);
    const number = 'M02-2026-1-0001';
    const { receipts } = await shop.push([
      shop.event({ stream: newCase(), actor: shopManager, ...steps.register({ number }) }),
      shop.event({ stream: newCase(), actor: shopManager, ...steps.register() }),
    ]);
    expect(receipts).toMatchObject([
      { status: 'rejected', refusal: { rule: 'number-elsewhere', field: 'number' } },
      { status: 'accepted' },
    ]);
  });

  it('records nothing for years to come, nor for somebody who has left', async () => {
    const { admin } = setting.centre.admin;
    const mall = await setting.device(MALL);
    const now = Date.now();
    const note = (days: number) =>
      mall.event({
        stream,
        actor: mallMediator,
        ...steps.note(),
        at: new Date(now + days * DAY).toISOString(),
      });
    const stream = newCase();
    const rulesAt = async (days: number, ...dated: number[]) => {
      setting.centre.setNow(new Date(now + days * DAY));
      await mall.signIn();
      const { receipts } = await mall.push(dated.map(note));
      return receipts.map(({ refusal }) => refusal?.rule);
    };
    await mall.push([mall.event({ stream, actor: mallMediator, ...steps.register() })]);
    expect(await rulesAt(0, 3650, 0)).toEqual(['dated-ahead', undefined]);
    setting.centre.setNow(new Date(now + 5 * DAY));
    await admin.deactivateStaff({ staffId: mallMediator.staffId });
    expect(await rulesAt(10, 4, 9)).toEqual([undefined, 'assignment-ended']);
    expect(await rulesAt(40, 4)).toEqual(['assignment-ended']);
  });
});

describe('accounts of before their assignments ended', () => {
  it('say so after the upgrade, as their facts do', async () => {
    const { databaseUrl, admin, centre } = setting.centre;
    const { staffId } = mallMediator;
    await admin.admin.assignStaff({ staffId, role: 'supervisor', unitPath: SECOND_MALL });
    await admin.admin.assignStaff({ staffId, role: 'mediator', unitPath: MALL });
    await admin.admin.deactivateStaff({ staffId: shopManager.staffId });
    const states = async (): Promise<StaffState[]> => {
      const { rows } = await sql<{ state: string }>`
        SELECT state FROM stream WHERE kind = 'staff' ORDER BY id`.execute(centre.database);
      return rows.map(({ state }) => JSON.parse(state) as StaffState);
    };
    const after = await states();
    expect(after.flatMap(({ assignments }) => assignments.map(({ until }) => until !== undefined))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    for (const { id, ...state } of after) {
      const assignments = state.assignments.map(({ role, unitPath }) => ({ role, unitPath }));
      await sql`
        UPDATE stream SET state = ${JSON.stringify({ id, ...state, assignments })}
        WHERE kind = 'staff' AND id = ${id}`.execute(centre.database);
    }
    expect(await states()).not.toEqual(after);
    for (const step of assignmentsEnd) await sql.raw(step).execute(centre.database);
    expect(await states()).toEqual(after);
    expect((await verifyDatabase(databaseUrl)).filter(({ broken }) => broken > 0)).toEqual([]);
  });
});
