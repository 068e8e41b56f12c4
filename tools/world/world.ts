import { hash } from '@node-rs/argon2';
import type { CentralClient } from '../../src/protocol/central-client.ts';
import {
  DEMO_PASSWORD,
  enrolWorkstation,
  folderOf,
  inParallel,
  openWorkstation,
  signInWorkstation,
  type WorkstationHandle,
} from './workstation.ts';
import type { SimulatedClock } from './clock.ts';
import { planDistrict, type Plan, type PlannedMerchant } from './plan.ts';

export type World = {
  plan: Plan;
  workstations: Map<string, WorkstationHandle>;
  admin: CentralClient;
  centreUrl: string;
};

export type WorldOptions = {
  folder: string;
  points: number;
  merchants: number;
  seed: number;
  clock: SimulatedClock;
  centreUrl: string;
  /** A client with the administrator's token. */
  admin: CentralClient;
  fetcher: typeof fetch;
  onProgress?: (done: number, total: number) => void;
};

/** Cheap to check by the hundred; the real parameters are the centre's. */
export async function demoPasswordHash(): Promise<string> {
  return hash(DEMO_PASSWORD, { memoryCost: 4096, timeCost: 2, parallelism: 1 });
}

/** Makes a district through the centre's administration and enrols a real workstation at every point. */
export async function buildWorld(options: WorldOptions): Promise<World> {
  const { points, merchants, seed, admin, centreUrl, clock } = options;
  const plan = planDistrict({ points, merchants, seed, passwordHash: await demoPasswordHash() });
  await admin.admin.createUnits({ units: plan.units });
  await admin.admin.addStaff({ staff: plan.staff });
  const { codes } = await admin.admin.createCodes({
    unitPaths: plan.units.map((unit) => unit.path),
    validMinutes: 60,
  });
  const codeOf = new Map(codes.map((one) => [one.unitPath, one.code]));
  const workstations = new Map<string, WorkstationHandle>();
  let done = 0;
  await inParallel(plan.points, 8, async (point) => {
    const folder = folderOf(options.folder, point);
    const workstation = await openWorkstation({
      folder,
      point,
      clock: () => clock.now(),
      fetcher: options.fetcher,
    });
    await enrolWorkstation(workstation, centreUrl, codeOf.get(point.unit.path) ?? '');
    await signInWorkstation(workstation);
    workstations.set(point.unit.path, workstation);
    done += 1;
    options.onProgress?.(done, plan.points.length);
  });
  await importRosters(plan, workstations);
  return { plan, workstations, admin, centreUrl };
}

/** The roster of one workstation, as a mall would hand it in. */
function rosterOf(plan: Plan, merchants: readonly PlannedMerchant[]): string {
  const nameOf = new Map(plan.units.map((unit) => [unit.path, unit.name]));
  const lines = merchants.map((merchant) =>
    [merchant.name, merchant.code, nameOf.get(merchant.unitPath) ?? '', String(merchant.windowDays)].join(
      ',',
    ),
  );
  return ['商户名称,统一社会信用代码,所属商场,承诺退货天数', ...lines].join('\n');
}

/**
 * Each mall's workstation imports the roster of its merchants with their promises, and sends it; then every workstation below
 * reads it. The merchants' ids are those the import gave them.
 */
async function importRosters(plan: Plan, workstations: Map<string, WorkstationHandle>): Promise<void> {
  const byWorkstation = Map.groupBy(plan.merchants, (merchant) => merchant.workstationPath);
  await inParallel([...byWorkstation], 8, async ([workstationPath, merchants]) => {
    const workstation = workstations.get(workstationPath);
    if (!workstation) throw new Error(`No workstation at ${workstationPath}`);
    const base64 = Buffer.from(rosterOf(plan, merchants)).toString('base64');
    const preview = await workstation.api.imports.open({ fileName: 'roster.csv', base64 });
    if (preview.accepted !== merchants.length) {
      throw new Error(`Roster refused: ${JSON.stringify(preview.refused[0])}`);
    }
    for await (const progress of await workstation.api.imports.commit({
      importId: preview.importId,
      unitPath: workstationPath,
    })) {
      if (progress.phase === 'finished') break;
    }
    const { items } = await workstation.api.merchants.list({ limit: 200 });
    const idOf = new Map(items.map((item) => [item.name, item.id]));
    for (const merchant of merchants) merchant.id = idOf.get(merchant.name) ?? merchant.id;
    await workstation.running.parts.sync.run();
  });
  await inParallel([...workstations.values()], 8, async (workstation) => {
    if (!byWorkstation.has(workstation.point.unit.path)) await workstation.running.parts.sync.run();
  });
}
