import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { startEmbeddedPostgres } from '../../src/central/kernel/db/embedded.ts';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { buildDistrict } from '../simulate/fault-model/world.ts';
import { ADMIN_TOKEN } from '../world/centre-orders.ts';
import { createRandom, type Random } from '../world/random.ts';
import { killDatabase } from './database.ts';
import { audit, type Audit, type Ledger } from './ledger.ts';
import type { Person } from './person.ts';
import { createCentreProcess, type Killable } from './processes.ts';
import { seatPeople } from './seat-people.ts';
import { startProxy, type BrokenOff } from './proxy.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Whoever chance says, the database among them, now and then two; centres only; or a centre and a workstation in turn. */
export type Victims = 'all' | 'centres' | 'in-turn';

export type KillTestOptions = {
  /** How many times something is killed. */
  times: number;
  /** Centre processes on one database; with more than one they stand behind a plain proxy. */
  centres: number;
  workstations: number;
  /** Chooses who is killed and when. */
  seed: number;
  /** What may be killed. */
  victims: Victims;
  /** False is for tests: PostgreSQL does not wait for the disk. A server that is killed itself always does, or it forgets what it said. */
  durable: boolean;
  say: (text: string) => void;
};

export type KillTestResult = Audit & {
  kills: { centre: number; workstation: number; database: number };
  centres: number;
  workstations: number;
  /** Requests that each centre process answered, where there is a proxy to count them. */
  servedBy: number[];
  /** Rounds of sync that found no centre, of all workstations. */
  cutOffRounds: number;
  /** Requests that broke off behind the proxy, where there is one. */
  brokenOff: BrokenOff;
  /** Workstations whose sign is green at the end. */
  proved: number;
  verified: { checks: number; broken: number; examples: string[] };
  seconds: number;
  passed: boolean;
};

const PATIENCE_MS = 60_000;

/** Kills real processes with SIGKILL while people work, lets everything arrive, and counts what is there. */
export async function runKillTest(options: KillTestOptions): Promise<KillTestResult> {
  const started = performance.now();
  const { say } = options;
  const random = createRandom(options.seed);
  const { folder, remove } = await temporaryFolder('heshi-kills-');
  const postgres = await startEmbeddedPostgres({
    folder: join(folder, 'server'),
    durable: options.durable || options.victims === 'all',
  });
  const closing: (() => Promise<unknown>)[] = [remove, () => postgres.stop()];
  try {
    const centres: Killable[] = [];
    for (let index = 0; index < options.centres; index += 1) {
      const centre = createCentreProcess({
        name: `centre ${index + 1}`,
        folder: join(folder, 'centre'),
        databaseUrl: postgres.url,
      });
      closing.push(() => centre.kill());
      await centre.start();
      centres.push(centre);
    }
    const proxy = centres.length > 1 ? await startProxy(centres) : null;
    if (proxy !== null) closing.push(() => proxy.close());
    const centreUrl = proxy?.url ?? centres[0]?.url() ?? '';
    const ledger: Ledger = { acknowledged: [], inDoubt: [] };
    await buildDistrict(createCentralClient({ baseUrl: centreUrl, token: () => ADMIN_TOKEN }));
    const people = await seatPeople({
      names: Array.from({ length: options.workstations }, (_, index) => `workstation-${index + 1}`),
      centreUrl,
      folder,
      ledger,
      random,
      closing,
    });
    say(`${centres.length} centre processes, ${people.length} workstations; killing ${options.times} times`);

    const kills = { centre: 0, workstation: 0, database: 0 };
    const kill: Record<keyof typeof kills, () => Promise<void>> = {
      centre: () => killCentre(random.pick(centres), random),
      workstation: () => random.pick(people).killWorkstation(),
      database: () => killDatabase(postgres.url),
    };
    for (let time = 1; time <= options.times; time += 1) {
      await wait(random.whole(20, 600));
      const victims = chooseVictims(options.victims, time, random);
      for (const victim of victims) kills[victim] += 1;
      await Promise.all(victims.map((victim) => kill[victim]()));
      if (options.victims !== 'all') await allThrough(people);
      if (time % 10 === 0) say(`${time} kills, ${ledger.acknowledged.length} facts acknowledged`);
    }
    const last = await Promise.all(people.map((one) => one.finish()));
    for (const status of last) if (status.sign !== 'proved') say(JSON.stringify(status));
    await Promise.all(centres.map((one) => one.stop()));

    const { database } = openDatabase(postgres.url);
    const counted = await audit(database, ledger).finally(() => database.destroy());
    const invariants = await verifyDatabase(postgres.url);
    const broken = invariants.reduce((sum, one) => sum + one.broken, 0);
    const proved = last.filter((status) => status.sign === 'proved').length;
    return {
      kills,
      centres: centres.length,
      workstations: people.length,
      ...counted,
      servedBy: proxy?.served() ?? [],
      cutOffRounds: people.reduce((sum, one) => sum + one.cutOffRounds(), 0),
      brokenOff: proxy?.brokenOff() ?? { withServer: 0, otherwise: 0, noServer: 0 },
      proved,
      verified: {
        checks: invariants.reduce((sum, one) => sum + one.checked, 0),
        broken,
        examples: invariants.flatMap((one) => one.examples),
      },
      seconds: Math.round((performance.now() - started) / 100) / 10,
      passed:
        counted.acknowledged > 0 &&
        counted.lost === 0 &&
        counted.doubled === 0 &&
        broken === 0 &&
        proved === people.length,
    };
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

type Victim = keyof KillTestResult['kills'];

function chooseVictims(victims: Victims, time: number, random: Random): Victim[] {
  if (victims === 'centres') return ['centre'];
  if (victims === 'in-turn') return [time % 2 === 1 ? 'centre' : 'workstation'];
  if (random.chance(0.15)) return ['database'];
  if (random.chance(0.1)) return ['centre', 'workstation'];
  return [random.chance(0.4) ? 'centre' : 'workstation'];
}

async function killCentre(centre: Killable, random: Random): Promise<void> {
  await centre.kill();
  await wait(random.whole(0, 400));
  await centre.start();
}

/** Every workstation has brought everything at least once since now. */
async function allThrough(people: readonly Person[]): Promise<void> {
  const before = people.map((one) => one.goodRounds());
  const until = Date.now() + PATIENCE_MS;
  while (people.some((one, index) => one.goodRounds() <= (before[index] ?? 0))) {
    if (Date.now() > until) throw new Error('A workstation got nothing through for a minute');
    await wait(50);
  }
}
