import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../world/random.ts';
import { ARCHIVED_EVERY, archiveOld, archives, shortenPeriod } from './archiving.ts';
import { checkInvariants } from './invariants.ts';
import { join as joinDistrict } from './newcomer.ts';
import { REQUEST_FAULTS, type Fault, type PlannedFault } from './kinds.ts';
import { deliverHeld, weatherOf } from './network.ts';
import { backUp, emptyDisk, PLANNED } from './planned.ts';
import { quiesce } from './quiesce.ts';
import { closeWorkstation, openWorkstation, type SimulatedWorkstation } from './simulated-workstation.ts';
import { CENTRE_ADDRESS, startSimulatedCentre } from './simulated-centre.ts';
import { STEPS } from './steps.ts';
import { createSimulation, hashOfTrace, type Simulation } from './simulation.ts';
import type { SeedResult } from './truth.ts';
import { enrolAgain, personActs, seat, synchronize } from './work.ts';
import { WORKSTATIONS, FIRST_DAY, staffOf } from './world.ts';

/** Faults that each seed plans so many times at most; which, how often and when, the seed says. */
const MOST: Record<PlannedFault, number> = {
  partition: 2,
  crash: 3,
  'disk-full': 1,
  clock: 2,
  restore: 2,
  clone: 1,
  'centre-restart': 2,
  failover: 2,
  revoke: 1,
  reassign: 1,
  rename: 1,
  move: 1,
};

export type SeedOptions = {
  seed: number;
  faults: ReadonlySet<Fault>;
  databaseUrl: string;
  /** How many steps it lives; other steps make another seed of it. */
  steps?: number;
};

/** Lives one seed: the same seed makes the same choices and the same trace, wherever it runs. */
export async function runSeed(options: SeedOptions): Promise<SeedResult> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'heshi-seed-'));
  const random = createRandom(Math.imul(options.seed + 1, 0x9e3779b1));
  const bare = createSimulation({ ...options, random, folder, firstDay: FIRST_DAY });
  let failure: string | null = null;
  let simulation: Simulation | null = null;
  try {
    const centre = await startSimulatedCentre(options.databaseUrl, bare.now);
    simulation = Object.assign(bare, { centre });
    if (archives(options)) await shortenPeriod(simulation);
    await openDistrict(simulation);
    await live(simulation, options.steps ?? STEPS, archives(options));
    await quiesce(simulation);
    await checkInvariants(simulation);
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    // A run that broke down leaves nothing behind either.
    if (simulation !== null) {
      for (const workstation of simulation.workstations)
        await closeWorkstation(workstation).catch(() => undefined);
      await simulation.centre.stop().catch(() => undefined);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    seed: options.seed,
    traceHash: hashOfTrace(bare.trace),
    steps: bare.step,
    acknowledged: bare.truth.acknowledged.size,
    lostWithDisk: bare.truth.lostWithDisk.size,
    salvaged: bare.salvaged,
    faults: bare.counts,
    invariants: bare.checks.results(),
    failure,
    trace: bare.trace,
    seconds: Math.round((performance.now() - started) / 10) / 100,
  };
}

/** Three to six workstations are enrolled in good weather. */
async function openDistrict(simulation: Simulation): Promise<void> {
  const count = simulation.random.whole(4, WORKSTATIONS.length);
  const chosen = WORKSTATIONS.slice(0, count);
  const { codes } = await simulation.centre.admin.admin.createCodes({
    unitPaths: chosen.map((one) => one.unitPath),
    validMinutes: 60,
  });
  for (const [index, { name, unitPath }] of chosen.entries()) {
    const staffId = staffOf(unitPath)[name.endsWith('-b') ? 1 : 0];
    const workstation = await openWorkstation(simulation, { name, unitPath, staffId });
    await workstation.api.session.enrol({
      centreUrl: CENTRE_ADDRESS,
      code: codes[index]?.code ?? '',
      deviceName: name,
    });
    await seat(workstation);
    simulation.workstations.push(workstation);
  }
}

/** Which planned fault strikes at which step. */
function planFaults(simulation: Simulation, steps: number): Map<number, PlannedFault[]> {
  const { random, faults } = simulation;
  const plan = new Map<number, PlannedFault[]>();
  for (const fault of Object.keys(PLANNED) as PlannedFault[]) {
    const times = random.whole(0, MOST[fault]);
    for (let time = 0; time < times; time += 1) {
      const step = random.whole(4, steps - 4);
      if (faults.has(fault)) plan.set(step, [...(plan.get(step) ?? []), fault]);
    }
  }
  return plan;
}

async function live(simulation: Simulation, steps: number, archiving: boolean): Promise<void> {
  const { random } = simulation;
  const weather = weatherOf(simulation);
  const plan = planFaults(simulation, steps);
  const stormy = REQUEST_FAULTS.some((fault) => simulation.faults.has(fault));
  weather.meanwhile = (workstation, news) => meanwhile(simulation, workstation, news);
  const joining = random.chance(0.5) ? random.whole(Math.floor(steps / 2), steps - 4) : 0;
  for (simulation.step = 1; simulation.step <= steps; simulation.step += 1) {
    simulation.advance(random.whole(20, 2400) * 1000);
    if (random.chance(0.12)) weather.bad = stormy && random.chance(0.6);
    if (archiving && simulation.step % ARCHIVED_EVERY === 0) await archiveOld(simulation);
    const workstation = random.pick(simulation.workstations);
    for (const fault of plan.get(simulation.step) ?? []) await PLANNED[fault](simulation, workstation);
    if (simulation.step === joining) await joinDistrict(simulation);
    for (const one of simulation.workstations) {
      if (one.fullUntil > 0 && one.fullUntil <= simulation.step) await emptyDisk(one);
    }
    if (random.chance(0.1)) await deliverHeld(simulation, false);
    if (simulation.faults.has('restore') && workstation.backup === null && random.chance(0.08))
      await backUp(simulation, workstation);
    await ordinaryStep(simulation, random.pick(simulation.workstations));
  }
}

const MENDED = new Set(['chain-broken', 'device-revoked']);

async function ordinaryStep(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const { random } = simulation;
  const reason = workstation.running.parts.sync.status().reason ?? '';
  if (MENDED.has(reason) && !workstation.staysRevoked && random.chance(0.4))
    return enrolAgain(simulation, workstation);
  const deeds = random.whole(0, 3);
  for (let index = 0; index < deeds; index += 1) await personActs(simulation, workstation);
  if (random.chance(0.6)) await synchronize(simulation, workstation);
}

/** While a request is on its way: its workstation's person goes on, mostly with what the answer tells of, or another workstation syncs. */
async function meanwhile(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  news: readonly string[],
): Promise<void> {
  const weather = weatherOf(simulation);
  const again = weather.meanwhile;
  weather.meanwhile = null;
  try {
    const others = simulation.workstations.filter((one) => !one.busy && one !== workstation && !one.dead);
    if (news.length > 0 && workstation.busy && simulation.random.chance(0.8)) {
      await personActs(simulation, workstation, { kind: 'note', among: news, inRound: true });
    } else if (simulation.random.chance(0.5) || others.length === 0) {
      if (workstation.busy) await personActs(simulation, workstation, { inRound: true });
    } else await synchronize(simulation, simulation.random.pick(others), true);
  } finally {
    weather.meanwhile = again;
  }
}
