import { expect, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { caseInput } from '../support/workstation.ts';

const MALL = '/HS/C1/M01';
const workstations = useWorkstations();

const openAt = async (unitPath: string, staffId: string): Promise<WorkstationClient> =>
  (await workstations.open(staffId, unitPath, staffId)).api;

async function register(api: WorkstationClient, name: string, over: object = {}): Promise<string> {
  const merchantId = crypto.randomUUID();
  await api.merchants.register({
    merchantId,
    name,
    unitPath: MALL,
    creditCode: null,
    category: 'enterprise',
    address: null,
    contactName: null,
    phone: null,
    ...over,
  });
  return merchantId;
}

it('merges made apart come to no circle, a move brings the past into sight, and a doubtful code is refused nowhere', async () => {
  const mall = await openAt(MALL, 'mediator-mall');
  const circle = await openAt('/HS/C1', 'supervisor-circle');
  const second = await openAt('/HS/C1/M02', 'mediator-second');
  const one = await register(mall, '虚构鞋店');
  const other = await register(mall, '虚构鞋行', {
    creditCode: '91350100M0001TGQXM',
    codeConfirmed: true,
    category: 'social-organisation',
  });
  for (const api of [mall, circle, second]) expect(await api.sync.now()).toMatchObject({ sign: 'proved' });

  // Each merges the other's way while neither knows of the other.
  await mall.merchants.merge({ id: one, revision: 1, intoId: other });
  await circle.merchants.merge({ id: other, revision: 1, intoId: one });
  await mall.sync.now();
  const late = await circle.sync.now();
  expect(late).toMatchObject({ sign: 'attention' });
  const { timeline, state } = await circle.merchants.get({ id: other });
  expect(timeline.at(-1)).toMatchObject({ type: 'merchant-merged', status: 'rejected' });
  expect(state.mergedInto).toBeUndefined();
  for (const api of [mall, circle]) {
    expect((await api.merchants.get({ id: one })).state.mergedInto?.id).toBe(other);
    expect((await api.merchants.get({ id: other })).absorbed.map(({ id }) => id)).toEqual([one]);
  }

  // What moves is known at the new place with all that was, and still at the old one.
  const { id: caseId } = await mall.cases.register(
    caseInput({ merchant: { merchantId: other, name: '虚构鞋行' } }),
  );
  await mall.sync.now();
  await circle.merchants.move({
    id: other,
    revision: 1,
    fromPath: MALL,
    toPath: '/HS/C1/M02',
    movedOn: '2026-01-01',
    address: null,
  });
  await circle.sync.now();
  await expect(second.merchants.get({ id: other })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await second.sync.now();
  await mall.sync.now();
  for (const api of [mall, second])
    expect(await api.merchants.get({ id: other })).toMatchObject({
      state: { unitPath: '/HS/C1/M02', creditCode: '91350100M0001TGQXM', category: 'social-organisation' },
      timeline: [{ type: 'merchant-registered' }, { type: 'merchant-moved' }],
    });
  expect((await mall.cases.get({ id: caseId })).state.handlingPath).toBe(MALL);
  // The mall no longer keeps it: the new place does.
  expect((await mall.merchants.get({ id: other })).canEdit).toBe(false);
  expect((await second.merchants.get({ id: other })).canEdit).toBe(true);
});
