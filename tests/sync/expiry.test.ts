import { expect, it } from 'vitest';
import { endExpired } from '../../src/central/sanction/index.ts';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import {
  addMonths,
  businessDay,
  dayEnd,
  dayStart,
  shiftDay,
} from '../../src/domain/kernel/calendar/index.ts';
import { loadState } from '../../src/main/kernel/store/index.ts';
import { DISTRICT, MALL, SHOP } from '../central/setting.ts';
import { ingestPartsOf } from '../support/ingest-parts.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import {
  act,
  createOffices,
  DECISION,
  formFor,
  penalise,
  registerMerchant,
  sync,
  WINDOW,
} from '../support/restorations.ts';

const given = useWorkstations({ jobs: true });

const DEPARTMENT = '/HS/D01';

it('ends a record after its maximum with the application about it, once, also by a centre that was away', async () => {
  const clock = { clock: () => given.centre.now() };
  const started = new Date();
  await createOffices(given, [DEPARTMENT]);
  const district = await given.open('district', DISTRICT, 'supervisor-district', clock);
  const mall = await given.open('mall', MALL, 'mediator-mall', clock);
  const merchantId = await registerMerchant(mall);
  await sync(mall, district);
  const sanctionId = await penalise(district, merchantId);
  const other = await penalise(district, merchantId, `${DECISION.number}之一`);
  const shop = await given.open('shop', SHOP, 'manager-shop', clock);
  const window = await given.open('window', WINDOW, 'clerk', clock);
  await sync(district, shop);
  const form = await formFor(shop, merchantId, sanctionId);
  const { restorationId: id } = form;
  await shop.api.restorations.file(form);
  await sync(shop, window);
  await window.api.restorations.act(
    act(await window.api.restorations.get({ id }), {
      step: 'restoration-accepted',
      payload: { asks: [{ departmentPath: DEPARTMENT, matterIds: ['k-1'] }] },
    }),
  );
  await sync(window);
  const office = await given.open('office', DEPARTMENT, 'reviewer-D01', clock);

  // An ordinary penalty is published for a year at the most.
  const last = addMonths(shiftDay(businessDay(started.toISOString()), -100), 12);
  const parts = await ingestPartsOf(given.centre);
  expect(await endExpired(parts, new Date(dayEnd(last)))).toBe(0);
  // Cut before it began, and without a centre on the day itself: the one that comes back does it by itself.
  expect(await endExpired(parts, new Date(dayStart(shiftDay(last, 1))), () => true)).toBe(0);
  await given.centre.halt();
  given.centre.setNow(new Date(Date.parse(dayStart(shiftDay(last, 4))) + 10 * 3_600_000));
  await given.centre.resume();
  await expect
    .poll(
      async () => {
        await district.api.sync.now();
        return (await loadState(district.running.parts.store.read, 'sanction', other))?.ended?.cause;
      },
      { timeout: 20_000 },
    )
    .toBe('expired');
  expect(await endExpired(await ingestPartsOf(given.centre), given.centre.now())).toBe(0);

  await sync(shop, window, district, office);
  const on = shiftDay(last, 1);
  for (const { running } of [shop, window, district]) {
    const { read } = running.parts.store;
    expect(await loadState(read, 'sanction', sanctionId)).toMatchObject({ ended: { cause: 'expired', on } });
  }
  for (const { api } of [shop, window, office]) {
    const { state, summary, can } = await api.restorations.get({ id });
    expect(state).toMatchObject({ status: 'expired', expired: [{ matterId: 'k-1', on }] });
    expect(summary.toDo).toEqual([]);
    expect(can).toMatchObject({ 'opinion-given': false, 'restoration-withdrawn': false });
  }
  const period = { from: '2026-01-01', to: given.centre.now().toISOString().slice(0, 10) };
  const { totals } = (await given.centre.admin.admin.rollup({ path: SHOP, ...period })).all;
  expect([
    totals['sanctions-ended-otherwise'],
    totals['restorations-expired'],
    totals['restoration-matters-expired'],
  ]).toEqual([2, 1, 1]);
  expect((await verifyDatabase(given.centre.databaseUrl)).filter(({ broken }) => broken > 0)).toEqual([]);
});
