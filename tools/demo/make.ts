import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { Totals } from '../../src/domain/rollup/metrics.ts';
import type { RunningCentre } from '../world/centre.ts';
import {
  enrolWorkstation,
  folderOf,
  inParallel,
  openWorkstation,
  signInWorkstation,
  type WorkstationHandle,
} from '../world/workstation.ts';
import { createClock } from '../world/clock.ts';
import { buildWorld, demoPasswordHash } from '../world/world.ts';
import { liveYear } from '../world/year.ts';

const POINTS = 256;
const MERCHANTS = 765;
export const DAYS = 365;
const SEED = 20_260;
/** With the disputes that grow out of refused returns about 700 in all, as in the seed article. */
const DISPUTES = 612;
const RETURNS = 1000;

type DemoWorkstation = { folder: string; staffId: string; name: string; unitName: string };

export type Demonstration = {
  workstations: Record<'mediator' | 'shop-manager' | 'supervisor', DemoWorkstation>;
  points: number;
  merchants: number;
  totals: Totals;
  settlementRate: number | null;
  lastDay: string;
  seconds: number;
};

const REGISTER = fileURLToPath(new URL('../../data/nyc-mediated/mediated-complaints.csv', import.meta.url));
const SECOND = '/NY';

/** Lives a year in a demonstration district, through the same commands and the same sync as any other. */
export async function makeDemonstration(options: {
  folder: string;
  centre: RunningCentre;
  /** The first day lived; the centre was started on it. */
  firstDay: string;
  today: string;
}): Promise<Demonstration> {
  const started = performance.now();
  const { centre, firstDay, today } = options;
  const clock = createClock(firstDay);
  const bar = new SingleBar({ format: '{step} [{bar}] {percentage}% {eta_formatted}', hideCursor: true });
  // Enrolling and the merchants take about as long as a third of the year.
  const total = POINTS + DAYS * 2;
  bar.start(total, 0, { step: 'enrolling 256 dispute points' });
  const workstationsFolder = join(options.folder, 'workstations');
  const world = await buildWorld({
    folder: workstationsFolder,
    points: POINTS,
    merchants: MERCHANTS,
    seed: SEED,
    clock,
    centreUrl: centre.url,
    admin: centre.admin,
    fetcher: fetch,
    onProgress: (done) => bar.update(done),
  });
  bar.update(POINTS, { step: 'living the year' });
  await liveYear({
    world,
    clock,
    seed: SEED,
    days: DAYS,
    disputes: DISPUTES,
    returns: RETURNS,
    aftermathDays: 0,
    syncEveryDays: 45,
    onDay: (day) => centre.setDay(day),
    onProgress: (day) => bar.update(POINTS + day * 2),
  });
  const workstations = [...world.workstations.values()];
  // The last rounds are today's, so that every workstation has reported when the demonstration is opened.
  await centre.setDay(null);
  clock.arrive();
  // The month before and this one, so that each merchant's page shows a grade and the one before it.
  const grade = async (): Promise<void> => {
    await centre.admin.admin.gradeMerchants({ month: shiftDay(`${today.slice(0, 7)}-01`, -1).slice(0, 7) });
    await centre.admin.admin.gradeMerchants({ month: today.slice(0, 7) });
  };
  // What the first round sends reaches the workstations above in the second, and the grades reach all.
  await inParallel(workstations, 8, async (workstation) => {
    await workstation.running.parts.sync.run();
  });
  await grade();
  await inParallel(workstations, 8, async (workstation) => {
    await workstation.running.parts.sync.run();
  });
  bar.update(total, { step: 'importing a second district’s register' });
  await importSecondDistrict(workstationsFolder, centre);
  bar.stop();

  const view = await centre.admin.admin.rollup({
    path: world.plan.districtPath,
    from: firstDay,
    to: today,
  });
  const chosen = await chooseWorkstations(workstations);
  await inParallel(workstations, 8, (workstation) => workstation.running.close());
  return {
    workstations: chosen,
    points: world.plan.points.length,
    merchants: world.plan.merchants.length,
    totals: view.all.totals,
    settlementRate: view.all.rates.settlementRate,
    lastDay: today,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}

/** The workstations with most to do show most: a busy mall, a busy shop, and the district. */
async function chooseWorkstations(
  workstations: readonly WorkstationHandle[],
): Promise<Demonstration['workstations']> {
  const busiest = async (level: number): Promise<DemoWorkstation> => {
    let best: { workstation: WorkstationHandle; open: number } | null = null;
    for (const workstation of workstations) {
      if (workstation.point.unit.level !== level) continue;
      const { total } = await workstation.api.cases.list({ filter: { open: true, mine: true }, limit: 1 });
      if (best === null || total > best.open) best = { workstation, open: total };
    }
    if (best === null) throw new Error(`No workstation at level ${level}`);
    const { point, folder } = best.workstation;
    return { folder, staffId: point.staff.id, name: point.staff.name, unitName: point.unit.name };
  };
  return { 'shop-manager': await busiest(1), mediator: await busiest(2), supervisor: await busiest(4) };
}

/** Real mediated complaints of another city, brought in by its own workstation as historical cases. */
async function importSecondDistrict(workstationsFolder: string, centre: RunningCentre): Promise<void> {
  const unit = {
    path: SECOND,
    name: '第二演示区（纽约历史数据）',
    level: 4,
    party: 'regulator',
    disputePoint: true,
  } as const;
  const staff = { id: 'demo-second-supervisor', name: '历史数据督导（虚构）', role: 'supervisor' } as const;
  await centre.admin.admin.createUnits({ units: [unit] });
  await centre.admin.admin.addStaff({
    staff: [{ ...staff, unitPath: SECOND, passwordHash: await demoPasswordHash() }],
  });
  const { codes } = await centre.admin.admin.createCodes({ unitPaths: [SECOND], validMinutes: 60 });
  const point = { unit, staff };
  const workstation = await openWorkstation({
    folder: folderOf(workstationsFolder, point),
    point,
    clock: () => new Date(),
    fetcher: fetch,
  });
  try {
    await enrolWorkstation(workstation, centre.url, codes[0]?.code ?? '');
    await signInWorkstation(workstation);
    const base64 = (await readFile(REGISTER)).toString('base64');
    const preview = await workstation.api.imports.open({ fileName: 'mediated-complaints.csv', base64 });
    for await (const progress of await workstation.api.imports.commit({
      importId: preview.importId,
      unitPath: SECOND,
    })) {
      if (progress.phase === 'finished') break;
    }
    await workstation.running.parts.sync.run();
  } finally {
    await workstation.running.close();
  }
}
