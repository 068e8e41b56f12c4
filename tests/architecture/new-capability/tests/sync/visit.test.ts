import { expect, it } from 'vitest';
import { useWorkstations } from '../support/live-workstations.ts';

const workstations = useWorkstations();
const LEVELS = ['/HS', '/HS/C1', '/HS/C1/M01', '/HS/C1/M01/S001'];

it('a visit goes from one workstation to another through the centre, and counts at every level', async () => {
  const shop = await workstations.open('shop', '/HS/C1/M01/S001', 'manager-shop');
  const mall = await workstations.open('mall', '/HS/C1/M01', 'mediator-mall');
  const district = await workstations.open('district', '/HS', 'supervisor-district');
  const period = { from: '2026-01-01', to: `${new Date().getFullYear() + 1}-12-31` };
  const figures = (): Promise<[string, number, number][]> =>
    Promise.all(
      LEVELS.map(async (path): Promise<[string, number, number]> => {
        const { all, own } = await workstations.centre.admin.admin.rollup({ path, ...period });
        return [path, all.totals.visits, own.visits];
      }),
    );
  expect(await figures()).toEqual(LEVELS.map((path) => [path, 0, 0]));

  const visitId = crypto.randomUUID();
  const visit = { visitId, shopName: '虚构服饰店', note: '明码标价' };
  expect(await shop.api.visits.record(visit)).toEqual({ id: visitId });
  await expect(shop.api.visits.record(visit)).rejects.toMatchObject({
    code: 'RULE',
    data: { rule: 'visit-exists' },
  });
  expect(await mall.api.visits.list({})).toMatchObject({ items: [], total: 0 });
  expect((await shop.api.sync.now()).sign).toBe('proved');

  for (const workstation of [mall, district]) {
    expect((await workstation.api.sync.now()).sign).toBe('proved');
    const { items, total } = await workstation.api.visits.list({ search: 'xgfs' });
    const [one] = items;
    expect([total, one?.id, one?.shopName, one?.visitedBy]).toEqual([1, visitId, '虚构服饰店', '测试员']);
  }
  expect((await district.api.visits.list({ search: '没有这家' })).total).toBe(0);

  // At each level with all below it, and on its own where it happened.
  expect(await figures()).toEqual(LEVELS.map((path) => [path, 1, path === LEVELS.at(-1) ? 1 : 0]));
  const view = await district.api.rollup.get({ path: '/HS', ...period });
  expect(view).toMatchObject({ view: { all: { totals: { visits: 1 } } } });
  const { invariants } = await workstations.centre.admin.admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);
});
