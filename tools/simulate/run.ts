import { join } from 'node:path';
import { startCentre } from '../world/centre.ts';
import {
  inParallel,
  openWorkstation,
  signInWorkstation,
  type WorkstationHandle,
} from '../world/workstation.ts';
import { createRandom } from '../world/random.ts';
import { createClock } from '../world/clock.ts';
import { buildWorld } from '../world/world.ts';
import { liveYear } from '../world/year.ts';
import { compareWithTruth, type Comparison } from './compare.ts';
import { createFaultyNetwork, type FaultCounts } from './faults.ts';

export type SimulationResult = Comparison & {
  seed: number;
  points: number;
  merchants: number;
  days: number;
  actions: number;
  faults: FaultCounts;
  /** Workstations whose sign is not green after everything has arrived. */
  unproved: number;
  invariants: { name: string; checked: number; broken: number }[];
  brokenInvariants: number;
  seconds: number;
};

/** Disputes and returns scale from the circle of the seed article: 256 points, 765 merchants, about 700 disputes a year. */
const DISPUTES_PER_POINT_DAY = 640 / (256 * 365);
const RETURNS_PER_MERCHANT_DAY = 1500 / (765 * 365);
const KILL = 0.01;
const FIRST_DAY = '2025-01-01';

/** Lives a district headless through real stores, real sync and a real centre, under faults, and compares. */
export async function runSimulation(options: {
  folder: string;
  points: number;
  merchants: number;
  days: number;
  seed: number;
  say: (text: string) => void;
}): Promise<SimulationResult> {
  const started = performance.now();
  const { points, merchants, days, seed, say } = options;
  const clock = createClock(FIRST_DAY);
  const network = createFaultyNetwork(createRandom(seed).branch('network'));
  /** Faults begin when the district stands. */
  let settled = false;
  const kills = createRandom(seed).branch('kills');
  const centre = await startCentre({
    folder: join(options.folder, 'centre'),
    simulated: { firstDay: FIRST_DAY },
  });
  try {
    say(`centre at ${centre.url}; enrolling ${points} workstations`);
    // Enrolment by hand meets no faults here: a lost answer is asked for again by a person.
    const world = await buildWorld({
      folder: join(options.folder, 'workstations'),
      points,
      merchants,
      seed,
      clock,
      centreUrl: centre.url,
      admin: centre.admin,
      fetcher: (input, init) => (settled ? network.fetcher(input, init) : fetch(input, init)),
    });
    settled = true;
    say(`living ${days} days`);
    const { truth, actions } = await liveYear({
      world,
      clock,
      seed,
      days,
      disputes: Math.max(10, Math.round(points * days * DISPUTES_PER_POINT_DAY)),
      returns: Math.max(20, Math.round(merchants * days * RETURNS_PER_MERCHANT_DAY)),
      aftermathDays: 60,
      syncEveryDays: 0,
      onDay: (day) => centre.setDay(day),
      beforeTasks: async (workstation) => (kills.chance(KILL) ? killAndReopen(workstation) : workstation),
    });
    network.calm();
    const workstations = [...world.workstations.values()];
    // Twice: what a first round pushes reaches the others' feeds for the second.
    for (let round = 0; round < 2; round += 1) {
      await inParallel(workstations, 4, async (workstation) => {
        await workstation.running.parts.sync.run();
      });
    }
    const unproved = workstations.filter(
      (workstation) => workstation.running.parts.sync.status().sign !== 'proved',
    );
    for (const workstation of unproved.slice(0, 5)) {
      say(
        `not green: ${workstation.point.unit.path} ${JSON.stringify(workstation.running.parts.sync.status())}`,
      );
    }
    const comparison = await compareWithTruth(world.plan, centre.admin, truth, {
      from: clock.text(-1),
      to: clock.text(clock.day() + 1),
    });
    const { invariants } = await centre.admin.admin.verify();
    await inParallel(workstations, 8, (workstation) => workstation.running.close());
    return {
      seed,
      points,
      merchants,
      days,
      actions,
      faults: network.counts,
      unproved: unproved.length,
      invariants: invariants.map(({ name, checked, broken }) => ({ name, checked, broken })),
      brokenInvariants: invariants.reduce((sum, one) => sum + one.broken, 0),
      seconds: Math.round((performance.now() - started) / 100) / 10,
      ...comparison,
    };
  } finally {
    await centre.stop();
  }

  /** Everything in memory is gone in the middle of a round; only the file remains. */
  async function killAndReopen(workstation: WorkstationHandle): Promise<WorkstationHandle> {
    network.counts.kills += 1;
    const unfinished = workstation.running.parts.sync.run();
    await Promise.all([unfinished, workstation.running.close()]);
    const reopened = await openWorkstation({
      folder: workstation.folder,
      point: workstation.point,
      clock: () => clock.now(),
      fetcher: network.fetcher,
    });
    await signInWorkstation(reopened);
    return reopened;
  }
}
