import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { startEmbeddedPostgres } from '../../src/central/kernel/db/embedded.ts';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { audit, type Audit, type Ledger } from '../kill-test/ledger.ts';
import { startPerson, type Person } from '../kill-test/person.ts';
import { createCentreProcess, createWorkstationProcess } from '../kill-test/processes.ts';
import { startProxy } from '../kill-test/proxy.ts';
import { SEATS, seatPeople } from '../kill-test/seat-people.ts';
import { buildDistrict, staffOf } from '../simulate/fault-model/world.ts';
import { ADMIN_TOKEN } from '../world/centre-orders.ts';
import { createRandom } from '../world/random.ts';
import { checkOutRelease } from './other-release.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const OLD = ['old-1', 'old-2'] as const;

export type UpgradeResult = Audit & {
  from: string;
  /** Facts acknowledged before the new release came, while both ran, after the old one had gone, and on the old workstations' upgraded folders. */
  phases: { before: number; both: number; after: number; upgraded: number };
  /** Requests that the old and the new centre process answered. */
  servedBy: number[];
  /** Whether the old release could be started once more on the newer schema. */
  oldStartsAgain: boolean;
  proved: number;
  workstations: number;
  verified: { checks: number; broken: number; examples: string[] };
  passed: boolean;
};

/**
 * Upgrades a centre that is at work from another release of this project to the one of this tree: first the old
 * centre process and two old workstations; then a new centre process beside it, on the same database, behind the same
 * proxy, and two new workstations; then the new centre process alone. People work all the time.
 */
export async function runUpgradeTest(options: {
  from: string;
  seconds: number;
  say: (text: string) => void;
}): Promise<UpgradeResult> {
  const { from, say } = options;
  const random = createRandom(1);
  const { folder, remove } = await temporaryFolder('heshi-upgrade-');
  const closing: (() => Promise<unknown>)[] = [remove];
  try {
    const tree = join(folder, 'release');
    await checkOutRelease(from, tree);
    const postgres = await startEmbeddedPostgres({ folder: join(folder, 'server') });
    closing.push(() => postgres.stop());
    const centre = { folder: join(folder, 'centre'), databaseUrl: postgres.url };
    const old = createCentreProcess({ ...centre, name: 'old centre', tree });
    const fresh = createCentreProcess({ ...centre, name: 'new centre' });
    closing.push(
      () => old.kill(),
      () => fresh.kill(),
    );
    await old.start();
    let upgraded = false;
    const proxy = await startProxy([old, { url: () => (upgraded ? fresh.url() : old.url()) }]);
    closing.push(() => proxy.close());
    const ledger: Ledger = { acknowledged: [], inDoubt: [] };
    const seats = { centreUrl: proxy.url, folder, ledger, random, closing };
    await buildDistrict(createCentralClient({ baseUrl: proxy.url, token: () => ADMIN_TOKEN }));
    const people: Person[] = await seatPeople({ ...seats, names: OLD, tree });
    const phase = async (what: string): Promise<number> => {
      const before = ledger.acknowledged.length;
      await wait(options.seconds * 1000);
      say(`${what}: ${ledger.acknowledged.length - before} facts`);
      return ledger.acknowledged.length - before;
    };
    const before = await phase('old centre, old workstations');
    await fresh.start();
    upgraded = true;
    // A code has the fingerprint of the new centre's key, whose answers the old process cannot sign.
    people.push(...(await seatPeople({ ...seats, centreUrl: fresh.url(), names: ['new-1', 'new-2'] })));
    const both = await phase('old and new centre, old and new workstations');
    await old.kill();
    const oldStartsAgain = await old.start().then(
      () => true,
      () => false,
    );
    if (oldStartsAgain) await phase('the old centre started again beside the new one');
    await old.stop();
    const after = await phase('new centre, old and new workstations');
    const last = await Promise.all(people.map((one) => one.finish()));
    for (const status of last) if (status.sign !== 'proved') say(JSON.stringify(status));
    // Their folders are the new release's from now on: what is in them is still there, and work goes on.
    const upgraders = await Promise.all(
      OLD.map((name, index) => {
        const workstation = createWorkstationProcess(name, folder);
        closing.push(() => workstation.kill());
        const staffId = staffOf(SEATS[index] ?? '')[0];
        const again = `${name} upgraded`;
        return startPerson({ workstation, name: again, staffId, ledger, random: random.branch(again) });
      }),
    );
    const upgradedHere = await phase('the old workstations upgraded');
    last.push(...(await Promise.all(upgraders.map((one) => one.finish()))));
    await fresh.stop();

    const { database } = openDatabase(postgres.url);
    const counted = await audit(database, ledger).finally(() => database.destroy());
    const invariants = await verifyDatabase(postgres.url);
    const broken = invariants.reduce((sum, one) => sum + one.broken, 0);
    const proved = last.filter((status) => status.sign === 'proved').length;
    return {
      from,
      ...counted,
      phases: { before, both, after, upgraded: upgradedHere },
      servedBy: proxy.served(),
      oldStartsAgain,
      proved,
      workstations: people.length + upgraders.length,
      verified: {
        checks: invariants.reduce((sum, one) => sum + one.checked, 0),
        broken,
        examples: invariants.flatMap((one) => one.examples),
      },
      passed:
        Math.min(before, both, after, upgradedHere) > 0 &&
        counted.lost === 0 &&
        counted.doubled === 0 &&
        broken === 0 &&
        proved === people.length + upgraders.length,
    };
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}
