import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { Totals } from '../../src/domain/rollup/metrics.ts';
import type { RunningCentre } from '../world/centre.ts';
import type { PlannedPoint } from '../world/plan.ts';
import {
  DEMO_PASSWORD,
  enrolWorkstation,
  folderOf,
  inParallel,
  openWorkstation,
  signInWorkstation,
} from '../world/workstation.ts';
import { createClock } from '../world/clock.ts';
import { createOffices, enrolOffices, planOffices, withOffices, type Offices } from './departments.ts';
import { allianceStory } from './alliance-story.ts';
import { castOf, exemplaryShop, FUND_CLERK } from './exemplary-shop.ts';
import { repairStory } from './repair-story.ts';
import { streetStory } from './street-story.ts';
import { buildWorld, demoPasswordHash, type World } from '../world/world.ts';
import { liveYear } from '../world/year.ts';

const POINTS = 256;
const MERCHANTS = 765;
export const DAYS = 365;
const SEED = 20_260;
/** With the disputes that grow out of refused returns about 700 in all, as in the seed article. */
const DISPUTES = 612;
const RETURNS = 1000;

/** Whom the demonstration can be opened as. */
export const DEMO_ROLES = [
  'mediator',
  'shop-manager',
  'supervisor',
  'credit-officer',
  'department-reviewer',
  'repair-clerk',
  'finance-officer',
] as const;
export type DemoRole = (typeof DEMO_ROLES)[number];

type DemoWorkstation = { folder: string; staffId: string; name: string; unitName: string };

export type Demonstration = {
  workstations: Record<DemoRole, DemoWorkstation>;
  points: number;
  /** Departments of the district; absent from what an older release made. */
  departments?: number;
  merchants: number;
  /** The shop that closed the loop, and whose grade has risen. */
  exemplary: string;
  totals: Totals;
  settlementRate: number | null;
  lastDay: string;
  seconds: number;
};

/** Grades are worked out by the month and published by the quarter (assumption). */
const QUARTER_BEGINS = /-(01|04|07|10)-01$/;

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
  await centre.admin.admin.addStaff({
    staff: [
      {
        id: FUND_CLERK,
        name: '赔付专员（虚构）',
        role: 'mediator',
        unitPath: '/HS/C1',
        passwordHash: await demoPasswordHash(),
      },
    ],
  });
  const { districtPath } = world.plan;
  const offices = planOffices(districtPath, SEED);
  await createOffices(centre, offices, { districtPath, passwordHash: await demoPasswordHash() });
  const gradeMonthBefore = (day: string): Promise<unknown> =>
    centre.admin.admin.gradeMerchants({ month: shiftDay(`${day.slice(0, 7)}-01`, -1).slice(0, 7) });
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
    beside: (parts) => exemplaryShop(world.plan, parts),
    onDay: async (day) => {
      await centre.setDay(day);
      if (QUARTER_BEGINS.test(clock.text(day)) && day > 0) await gradeMonthBefore(clock.text(day));
    },
    onProgress: (day) => bar.update(POINTS + day * 2),
  });
  const workstations = [...world.workstations.values()];
  // The last rounds are today's, so that every workstation has reported when the demonstration is opened.
  await centre.setDay(null);
  clock.arrive();
  // The month before and this one, so that each merchant's page shows a grade and the one before it.
  const grade = async (): Promise<void> => {
    await gradeMonthBefore(today);
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
  bar.update(total, { step: 'enrolling a department, its window and a bank' });
  const folders = await enrolOffices(
    centre,
    [offices.department, offices.window, offices.bank],
    workstationsFolder,
  );
  bar.update(total, { step: 'repairing what is on record' });
  const { department, window } = offices;
  await withOffices({ department, window }, folders, (seats) => repairStory(world, offices, seats));
  bar.update(total, { step: 'patrolling a street' });
  await streetStory(world);
  bar.update(total, { step: 'giving discounts, and to the Love Fund' });
  await allianceStory(world);
  bar.update(total, { step: 'importing a second district’s register' });
  await importSecondDistrict(workstationsFolder, centre);
  bar.stop();

  const view = await centre.admin.admin.rollup({
    path: districtPath,
    from: firstDay,
    to: today,
  });
  const chosen = { ...chooseWorkstations(world), ...(await chooseOffices(world, offices, folders)) };
  await inParallel(workstations, 8, (workstation) => workstation.running.close());
  return {
    workstations: chosen,
    points: world.plan.points.length,
    merchants: world.plan.merchants.length,
    departments: offices.points.filter(({ unit }) => unit.body === 'department').length,
    exemplary: castOf(world.plan).shop.name,
    totals: view.all.totals,
    settlementRate: view.all.rates.settlementRate,
    lastDay: today,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}

/** The shop whose year is told, its mall, and the district. */
function chooseWorkstations({
  plan,
  workstations,
}: World): Pick<Demonstration['workstations'], 'mediator' | 'shop-manager' | 'supervisor'> {
  const { shop, mall, district } = castOf(plan);
  const at = (path: string): DemoWorkstation => {
    const workstation = workstations.get(path);
    if (!workstation) throw new Error(`No workstation at ${path}`);
    const { point, folder } = workstation;
    return { folder, staffId: point.staff.id, name: point.staff.name, unitName: point.unit.name };
  };
  return { 'shop-manager': at(shop.unitPath), mediator: at(mall), supervisor: at(district) };
}

/** Those outside the hierarchy, and the credit officer, who sits at the district's workstation. */
async function chooseOffices(
  { plan, workstations }: World,
  { department, window, bank, creditOfficer }: Offices,
  folders: ReadonlyMap<string, string>,
): Promise<Omit<Demonstration['workstations'], 'mediator' | 'shop-manager' | 'supervisor'>> {
  const at = ({ unit, staff }: PlannedPoint): DemoWorkstation => ({
    folder: folders.get(unit.path) ?? '',
    staffId: staff.id,
    name: staff.name,
    unitName: unit.name,
  });
  const district = workstations.get(plan.districtPath);
  if (!district) throw new Error('The district has a workstation');
  const { id, name } = creditOfficer;
  // At a window of their own, so that they have been in here once.
  await district.running.connect().api.session.signIn({ staffId: id, password: DEMO_PASSWORD });
  return {
    'credit-officer': { folder: district.folder, staffId: id, name, unitName: district.point.unit.name },
    'department-reviewer': at(department),
    'repair-clerk': at(window),
    'finance-officer': at(bank),
  };
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
