import { expect, it } from 'vitest';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import { loadState } from '../../src/main/kernel/store/index.ts';
import { DISTRICT, MALL, SHOP } from '../central/setting.ts';
import { type LiveWorkstation, useWorkstations } from '../support/live-workstations.ts';
import {
  act,
  agree,
  createOffices,
  formFor,
  penalise,
  registerMerchant,
  sync,
  WINDOW,
} from '../support/restorations.ts';

const given = useWorkstations();

const THIRTY = Array.from({ length: 30 }, (_, place) => `/HS/D${String(place + 1).padStart(2, '0')}`);
const DAY = 86_400_000;

/** What each department did, with the application behind it; a department is told its own. */
async function expectFigures(
  district: LiveWorkstation,
  first: LiveWorkstation | undefined,
  of: { path: string; from: string; to: string },
  id: string,
): Promise<void> {
  await sync(district);
  const { view, stale } = await district.api.figures.get({ of });
  expect([stale, view.departments.map(({ path }) => path)]).toEqual([false, THIRTY]);
  for (const { figures } of view.departments) expect(figures.counts).toMatchObject({ asks: 1, opinions: 1 });
  expect(view.total).toMatchObject({ counts: { asks: 30, opinions: 30, replies: 1, concluded: 1 }, open: 0 });
  expect(view.whole?.enterprises).toBe(1);
  for (const [office, here] of [
    [THIRTY[4] ?? '', 1],
    [null, 30],
  ] as const)
    expect(await district.api.figures.applications({ of, office, figure: 'opinions' })).toMatchObject({
      items: [{ id }],
      listed: 1,
      here,
      whole: true,
    });
  expect(await district.api.figures.applications({ of, office: null, figure: 'open' })).toMatchObject({
    listed: 0,
  });
  const { base64 } = await district.api.figures.report({ of });
  expect(Buffer.from(base64, 'base64').toString('latin1', 0, 4)).toBe('%PDF');
  expect((await district.api.figures.export({ of, format: 'xlsx' })).base64.length).toBeGreaterThan(1000);
  const [path = ''] = THIRTY;
  const own = await first?.api.figures.get({ of: { ...of, path } });
  expect(own?.view).toMatchObject({ whole: null, departments: [{ path }], total: { counts: { asks: 1 } } });
}

it('thirty departments answer one application from thirty workstations, some offline for a day: one outcome', async () => {
  await createOffices(given, THIRTY);
  const district = await given.open('district', DISTRICT, 'supervisor-district');
  const mall = await given.open('mall', MALL, 'mediator-mall');
  const merchantId = await registerMerchant(mall);
  await sync(mall, district);
  const sanctionId = await penalise(district, merchantId);
  const shop = await given.open('shop', SHOP, 'manager-shop');
  await sync(district, shop);
  const window = await given.open('window', WINDOW, 'clerk');
  const form = await formFor(shop, merchantId, sanctionId);
  const id = form.restorationId;
  await shop.api.restorations.file(form);
  await sync(shop, window);
  await window.api.restorations.act(
    act(await window.api.restorations.get({ id }), {
      step: 'restoration-accepted',
      payload: { asks: THIRTY.map((departmentPath) => ({ departmentPath, matterIds: ['k-1'] })) },
    }),
  );
  await sync(window);

  // A third of them has no line for a day: it answers by its own clock, tomorrow, and sends only then.
  const tomorrow = (): Date => new Date(Date.now() + DAY);
  const isAway = (place: number): boolean => place % 3 === 0;
  const offices: LiveWorkstation[] = [];
  for (const [place, path] of THIRTY.entries()) {
    const clock = isAway(place) ? { clock: tomorrow } : {};
    offices.push(await given.open(path.slice(4), path, `reviewer-${path.slice(4)}`, clock));
  }
  for (const office of offices) await sync(office);
  await Promise.all(
    offices.map(async ({ api }, place) => {
      await api.restorations.act(act(await api.restorations.get({ id }), agree(THIRTY[place] ?? '')));
    }),
  );
  // All others at once, in whichever order the centre takes them.
  const present = offices.filter((_, place) => !isAway(place));
  await Promise.all(present.map(({ api }) => api.sync.now()));
  await sync(window);
  const halfway = await window.api.restorations.get({ id });
  expect(halfway.summary).toMatchObject({ asked: 30, answered: 20 });
  expect(halfway.can['restoration-submitted']).toBe(false);
  const away = offices.filter((_, place) => isAway(place));
  await Promise.all(away.toReversed().map(({ api }) => api.sync.now()));
  await sync(window);
  const complete = await window.api.restorations.get({ id });
  expect(complete).toMatchObject({ summary: { answered: 30 }, agreed: ['k-1'] });
  expect(complete.state.asks.map(({ opinion }) => opinion?.by.unitPath)).toEqual(THIRTY);

  const now = new Date().toISOString();
  const submitted = await window.api.restorations.act(
    act(complete, {
      step: 'restoration-submitted',
      payload: { submissions: [{ platform: 'creditchina', receipt: 'XYZG-1', on: businessDay(now) }] },
    }),
  );
  await window.api.restorations.act(
    act(submitted, {
      step: 'restoration-concluded',
      payload: { outcomes: [{ matterId: 'k-1', outcome: 'repaired', effectiveAt: now, number: 'XF-1' }] },
    }),
  );
  await sync(window);
  for (const office of [shop, ...offices]) {
    await office.api.sync.now();
    const state = await loadState(office.running.parts.store.read, 'restoration', id);
    expect(state).toMatchObject({ status: 'concluded', outcomes: [{ outcome: 'repaired' }] });
    expect(state?.asks.every(({ opinion }) => opinion !== null)).toBe(true);
  }
  const period = { from: '2026-01-01', to: `${new Date().getFullYear() + 1}-12-31` };
  const { totals } = (await given.centre.admin.admin.rollup({ path: DISTRICT, ...period })).all;
  expect([totals['restoration-opinions'], totals['restorations-concluded']]).toEqual([30, 1]);
  await expectFigures(district, offices[0], { path: DISTRICT, ...period }, id);
  expect((await verifyDatabase(given.centre.databaseUrl)).filter(({ broken }) => broken > 0)).toEqual([]);
}, 120_000);
