import { join } from 'node:path';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation, type Workstation, type WorkstationClient } from '../../src/main/workstation.ts';
import type { PlannedPoint } from './plan.ts';

/** The one password of every demonstration account; they hold nothing real. */
export const DEMO_PASSWORD = 'heshi-demo';

/** A dispute point's workstation, with its one member of staff signed in: a real store, a real sync. */
export type WorkstationHandle = {
  point: PlannedPoint;
  folder: string;
  running: Workstation;
  api: WorkstationClient;
};

export type OpenOptions = {
  folder: string;
  point: PlannedPoint;
  clock: () => Date;
  fetcher: typeof fetch;
};

/** A folder name from a unit path. */
export function folderOf(root: string, point: PlannedPoint): string {
  return join(root, point.unit.path.slice(1).replaceAll('/', '-'));
}

/** Opens a workstation that may be new, enrolled or left behind by a kill. Nobody is signed in yet. */
export async function openWorkstation(options: OpenOptions): Promise<WorkstationHandle> {
  const workstation = await startWorkstation({
    dataFolder: options.folder,
    host: createNodeHost(options.folder),
    clock: options.clock,
    fetcher: options.fetcher,
    automaticSync: false,
    leasesNumbers: false,
    durability: 'relaxed',
    unattended: true,
  });
  return {
    point: options.point,
    folder: options.folder,
    running: workstation,
    api: workstation.connect().api,
  };
}

export async function enrolWorkstation(
  workstation: WorkstationHandle,
  centreUrl: string,
  code: string,
): Promise<void> {
  await workstation.api.session.enrol({ centreUrl, code, deviceName: workstation.point.unit.name });
}

export async function signInWorkstation(workstation: WorkstationHandle): Promise<void> {
  await workstation.api.session.signIn({ staffId: workstation.point.staff.id, password: DEMO_PASSWORD });
}

/** Runs `work` over all items, so many at a time, in order of starting. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const item = items[next];
      next += 1;
      if (item === undefined) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
