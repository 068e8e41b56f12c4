import { hash } from '@node-rs/argon2';
import { join } from 'node:path';
import { createNodeHost } from '../../../src/main/hosts/node.ts';
import { asStaff, type StaffContext } from '../../../src/main/kernel/parts.ts';
import { startWorkstation, type Workstation, type WorkstationClient } from '../../../src/main/workstation.ts';
import type { CentralClient } from '../../../src/protocol/central-client.ts';
import { createRandom, type Random } from '../../world/random.ts';
import { inParallel } from '../../world/workstation.ts';
import { instantAt, minuteAt, OPENS } from './calendar.ts';
import type { PlannedDesk, RepairPlan } from './plan.ts';
import type { Deed } from './truth.ts';

const PASSWORD = 'heshi-demo';

/** Something that is to be done at a desk from a minute on; true where it has to wait for what has not come yet. */
export type Task = { from: number; run: (desk: Desk, at: number) => Promise<boolean> };

/** A real workstation with its one person signed in, and what is planned there. */
export type Desk = PlannedDesk & {
  running: Workstation;
  api: WorkstationClient;
  context: StaffContext;
  random: Random;
  /** What its clock shows. */
  minute: number;
  /** Whether it has a line. */
  line: boolean;
  tasks: Task[];
  /** What was done here and has not reached the centre, in order. */
  journal: Deed[];
  /** Days without a line, and days on which nobody is in. */
  offline: ReadonlySet<number>;
  absent: ReadonlySet<number>;
  /** Days on which the line comes back at that minute of the day. */
  late: ReadonlyMap<number, number>;
};

/** So many spells a year of up to so many days each, somewhere in the days lived. */
function spells(random: Random, first: number, days: number, aYear: number, longest: number): Set<number> {
  const found = new Set<number>();
  for (let spell = 0; spell < Math.ceil((aYear * days) / 365); spell += 1) {
    const begins = first + random.whole(0, days - 1);
    for (let day = 0; day < random.whole(1, longest); day += 1) found.add(begins + day);
  }
  return found;
}

/** How often each kind of desk is without a line, and nobody is in. */
const TROUBLE = {
  district: { offline: 0, absent: 0, longest: 1, late: 0 },
  filer: { offline: 5, absent: 0, longest: 2, late: 0 },
  window: { offline: 6, absent: 8, longest: 3, late: 20 },
  department: { offline: 4, absent: 5, longest: 4, late: 0 },
} as const;

/** Makes the units and the people at the centre, and a workstation for each desk, enrolled and signed in. */
export async function openDesks(options: {
  plan: RepairPlan;
  folder: string;
  centreUrl: string;
  admin: CentralClient;
  firstDay: number;
  days: number;
  seed: number;
}): Promise<Desk[]> {
  const { plan, admin, firstDay, days } = options;
  const passwordHash = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
  await admin.admin.createUnits({
    units: plan.units.map((unit) => ({ ...unit, disputePoint: !('body' in unit) })),
  });
  await admin.admin.addStaff({
    staff: plan.desks.map(({ path, staff }) => ({ ...staff, unitPath: path, passwordHash })),
  });
  const { codes } = await admin.admin.createCodes({
    unitPaths: plan.desks.map(({ path }) => path),
    validMinutes: 60,
  });
  const codeOf = new Map(codes.map(({ unitPath, code }) => [unitPath, code]));
  const desks: Desk[] = [];
  await inParallel(plan.desks, 4, async (planned) => {
    const { kind, path } = planned;
    const random = createRandom(options.seed).branch(path);
    const often = TROUBLE[kind];
    const late = [...spells(random, firstDay, days, often.late, 1)].map((day): [number, number] => [
      day,
      random.whole(OPENS + 30, OPENS + 300),
    ]);
    // Read by the clock and the line below, which the workstation is made with.
    const state: Pick<Desk, 'minute' | 'line'> = { minute: minuteAt(firstDay, 8 * 60), line: true };
    const folder = join(options.folder, path.slice(1).replaceAll('/', '-'));
    const running = await startWorkstation({
      dataFolder: folder,
      host: createNodeHost(folder),
      clock: () => instantAt(state.minute),
      fetcher: async (input, init) => {
        if (!state.line) throw new TypeError('simulated: no line');
        return fetch(input, init);
      },
      automaticSync: false,
      leasesNumbers: false,
      durability: 'relaxed',
      unattended: true,
    });
    const { api, client } = running.connect();
    const code = codeOf.get(path) ?? '';
    await api.session.enrol({ centreUrl: options.centreUrl, code, deviceName: path });
    await api.session.signIn({ staffId: planned.staff.id, password: PASSWORD });
    const desk: Desk = Object.assign(state, {
      ...planned,
      running,
      api,
      context: asStaff(running.contextOf(client)),
      random,
      tasks: [],
      journal: [],
      offline: spells(random, firstDay, days, often.offline, often.longest),
      absent: spells(random, firstDay, days, often.absent, often.longest),
      late: new Map(late),
    });
    desks.push(desk);
  });
  return desks.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** One round of the real sync. What was done here is handed to `arrived` once the centre has it all. */
export async function exchange(
  desk: Desk,
  { line, arrived }: { line: boolean; arrived: (deed: Deed) => void },
): Promise<void> {
  desk.line = line;
  const { sync } = desk.running.parts;
  await sync.run();
  const { waiting, reason } = sync.status();
  if (waiting > 0 && line) throw new Error(`${desk.path} could not send: ${reason ?? 'no reason'}`);
  if (waiting > 0) return;
  for (const deed of desk.journal.splice(0)) arrived(deed);
}

/** Looks at what the centre refused, as its people do, and takes it off the list. Returns of how many applications' facts it was told. */
export async function lookAtRefused({ api, path }: Desk): Promise<number> {
  const items = await api.sync.attention();
  for (const { eventId, status, type } of items) {
    if (status !== 'rejected') throw new Error(`${path}: ${type} is ${status}`);
    await api.sync.dismiss({ eventId });
  }
  return items.filter(({ stream }) => stream.kind === 'restoration').length;
}
