import { startCentre, type RunningCentre } from '../../world/centre.ts';
import { createRandom } from '../../world/random.ts';
import { inParallel } from '../../world/workstation.ts';
import { CLOSES, dayAt, dayOf, isWorked, minuteAt, OPENS, textOf } from './calendar.ts';
import { compareRepairs, type RepairComparison } from './compare.ts';
import { planCourse } from './course.ts';
import { enterDecisions, registerMerchants } from './deeds.ts';
import { type Desk, exchange, lookAtRefused, openDesks, type Task } from './desks.ts';
import { planRepairs } from './plan.ts';
import { createTruth, type Deed } from './truth.ts';

/** Workstations that work at the same time; each in its own order. */
const AT_ONCE = 8;

export type RepairYear = {
  /** Asks the centre and sets it against the simulation's own count, as often as it is called. */
  compare(): Promise<RepairComparison>;
  lived: {
    days: number;
    desks: number;
    rounds: number;
    withoutLine: number;
    restarts: number;
    /** Facts that came too late for what had happened meanwhile: as counted here, and as the workstations were told. */
    refused: { counted: number; told: number };
  };
  invariants: { name: string; checked: number; broken: number }[];
  /** Workstations whose sign is not green. */
  unproved: string[];
  stop(): Promise<void>;
};

/**
 * Lives a year of applications through real stores, real sync and a real centre, with absences, holidays, lines that are down, and a
 * day without the centre in the middle.
 */
export async function liveRepairs(options: {
  folder: string;
  databaseUrl: string;
  firstDay: string;
  applications: number;
  departments: number;
  days: number;
  seed: number;
  say: (text: string) => void;
}): Promise<RepairYear> {
  const { folder, databaseUrl, firstDay, days, seed, say } = options;
  const first = dayOf(firstDay);
  const plan = planRepairs(options);
  const truth = createTruth();
  const begin = (port?: number): Promise<RunningCentre> =>
    startCentre({
      folder: `${folder}/centre`,
      simulated: { firstDay, sessionDays: days + 60, ...(port === undefined ? {} : { port }) },
      databaseUrl,
    });
  let centre = await begin();
  const { url, admin } = centre;
  say(`centre at ${url}; enrolling ${plan.desks.length} workstations`);
  const desks = await openDesks({
    plan,
    folder: `${folder}/workstations`,
    centreUrl: url,
    admin,
    firstDay: first,
    days,
    seed,
  });
  const at = new Map(desks.map((desk) => [desk.path, desk]));
  const deskAt = (path: string): Desk => {
    // Merchants without a desk of their own are looked after by the mall's.
    const desk = at.get(path);
    if (desk === undefined) throw new Error(`No workstation at ${path}`);
    return desk;
  };
  const arrived = (deed: Deed): void => void truth.arrive(deed);
  const lived: RepairYear['lived'] = {
    days,
    desks: desks.length,
    rounds: 0,
    withoutLine: 0,
    restarts: 0,
    refused: { counted: 0, told: 0 },
  };
  const ofKind = (kind: Desk['kind']): Desk[] => desks.filter((desk) => desk.kind === kind);
  const [district] = ofKind('district');
  if (district === undefined) throw new Error('No district');

  const byDesk = Map.groupBy(plan.merchants, ({ unitPath }) => unitPath);
  for (const [path, merchants] of byDesk) {
    await registerMerchants(deskAt(path), merchants);
    await exchange(deskAt(path), { line: true, arrived });
  }
  const departments = new Map(ofKind('department').map((desk) => [desk.path, desk]));
  const random = createRandom(seed);
  for (const application of plan.applications)
    planCourse(
      application,
      {
        filer: deskAt(application.merchant.unitPath),
        window: deskAt(application.windowPath),
        departments,
      },
      random.branch(`course ${application.place}`),
    );
  const entered = Map.groupBy(plan.decisions, ({ enteredOn }) => enteredOn);

  /** The first working day of the second half: the centre is away for all of it. */
  let awayOn = first + Math.floor(days / 2);
  while (!isWorked(awayOn)) awayOn += 1;

  const round = async (desk: Desk, day: number, up = true): Promise<void> => {
    const line = up && day !== awayOn && !desk.offline.has(day);
    lived.rounds += 1;
    if (!line) lived.withoutLine += 1;
    desk.line = up && !desk.offline.has(day);
    await exchange(desk, { line, arrived });
  };
  const live = (desk: Desk, day: number): Promise<void> => liveDay(desk, day, round);

  for (let day = first; day < first + days; day += 1) {
    if (day === awayOn) {
      say(`${textOf(day)}: the centre stops for a day`);
      await centre.stop();
    } else {
      if (day === awayOn + 1) {
        centre = await begin(Number(new URL(url).port));
        lived.restarts += 1;
      }
      await centre.setDay(day - first);
      await centre.runJob('sanction-expiry');
      truth.expire(day);
    }
    const decisions = entered.get(day) ?? [];
    if (decisions.length > 0) {
      district.minute = minuteAt(day, 7 * 60);
      await enterDecisions(district, decisions);
      await round(district, day);
      for (const decision of decisions) truth.record(decision);
    }
    for (const kind of ['filer', 'window', 'department'] as const)
      await inParallel(ofKind(kind), AT_ONCE, (desk) => live(desk, day));
    if ((day - first) % 30 === 29) say(`${textOf(day)}: ${lived.rounds} rounds`);
  }

  say('everything arrives');
  const last = first + days - 1;
  for (const pass of [0, 1])
    await inParallel(desks, AT_ONCE, async (desk) => {
      desk.minute = minuteAt(last, 23 * 60 + pass);
      await exchange(desk, { line: true, arrived });
    });
  for (const desk of desks) lived.refused.told += await lookAtRefused(desk);
  const unproved = desks.filter(({ running }) => running.parts.sync.status().sign !== 'proved');
  for (const { path, running } of unproved.slice(0, 5))
    say(`not green: ${path} ${JSON.stringify(running.parts.sync.status())}`);
  lived.refused.counted = truth.refused;
  const { invariants } = await admin.admin.verify();
  return {
    compare: () =>
      compareRepairs({
        plan,
        truth,
        admin,
        period: { from: textOf(first - 1), to: textOf(last + 1) },
      }),
    lived,
    invariants: invariants.map(({ name, checked, broken }) => ({ name, checked, broken })),
    unproved: unproved.map(({ path }) => path),
    stop: async () => {
      await inParallel(desks, AT_ONCE, ({ running }) => running.close());
      await centre.stop();
    },
  };
}

/** The first minute at or after one at which an office is at work. */
function inOffice(minute: number): number {
  let found = minute;
  while (!isOfficeMinute(found)) found += 1;
  return found;
}
const LUNCH = [12 * 60, 13 * 60 + 30] as const;
const isOfficeMinute = (minute: number): boolean => {
  const of = minute % 1440;
  return of >= OPENS && of < CLOSES && (of < LUNCH[0] || of >= LUNCH[1]);
};

/**
 * What one desk does on a day, in order. A window first reads what has come; others begin with what they know, and read when that is
 * not enough or something is to be sent.
 */
async function liveDay(
  desk: Desk,
  day: number,
  round: (desk: Desk, day: number, up?: boolean) => Promise<void>,
): Promise<void> {
  const office = desk.kind !== 'filer';
  if (office && (!isWorked(day) || desk.absent.has(day))) return;
  const due = desk.tasks.filter(({ from }) => dayAt(from) <= day).toSorted((a, b) => a.from - b.from);
  if (due.length === 0 && desk.journal.length === 0) return;
  const late = desk.late.get(day);
  const opens = minuteAt(day, late ?? (office ? OPENS : 7 * 60));
  desk.minute = opens;
  // In the morning there is no line.
  if (late !== undefined) await round(desk, day, false);
  const first = desk.kind === 'window';
  if (first) await round(desk, day);
  const asked = await work(desk, due, day, opens);
  if (asked.length > 0 && !first) {
    await round(desk, day);
    await work(desk, asked, day, desk.minute);
  }
  if (desk.journal.length > 0) await round(desk, day);
}

/** Does what is due, each at its minute or as soon as somebody is there; returns what waits for something that is not known here. */
async function work(desk: Desk, due: readonly Task[], day: number, opens: number): Promise<Task[]> {
  const waiting: Task[] = [];
  const done = new Set<Task>();
  for (const task of due) {
    const meant = task.from < opens ? opens + desk.random.whole(0, 25) : task.from;
    const minute = desk.kind === 'filer' ? meant : inOffice(meant);
    if (dayAt(minute) > day) continue;
    desk.minute = Math.max(minute, desk.minute);
    if (await task.run(desk, desk.minute)) waiting.push(task);
    else done.add(task);
  }
  desk.tasks = desk.tasks.filter((task) => !done.has(task));
  return waiting;
}
