import type { StaffInput, UnitInput } from '../../src/contract/centre/index.ts';
import type { RunningCentre } from '../world/centre.ts';
import { v5 as uuidv5 } from '../world/name-id.ts';
import { personName } from '../world/names.ts';
import type { PlannedPoint } from '../world/plan.ts';
import { createRandom } from '../world/random.ts';
import {
  enrolWorkstation,
  folderOf,
  openWorkstation,
  signInWorkstation,
  type WorkstationHandle,
} from '../world/workstation.ts';
import { DEPARTMENTS } from './department-names.ts';

/** A department whose number in the list is a multiple of this has two windows. */
const SECOND_WINDOW_EVERY = 3;
const BANK = 'B01';

const two = (number: number): string => String(number).padStart(2, '0');

/** What stands outside the dispute hierarchy of the demonstration, each unit with one person. */
export type Offices = {
  /** In the order of the names, each before its windows; the bank last. */
  points: PlannedPoint[];
  department: PlannedPoint;
  window: PlannedPoint;
  bank: PlannedPoint;
  /** Of the district itself, beside its supervisor. */
  creditOfficer: { id: string; name: string };
};

/** Thirty departments of a district with a window or two, and a bank. People are invented. */
export function planOffices(districtPath: string, seed: number): Offices {
  const random = createRandom(seed).branch('departments');
  const outside = { disputePoint: false } as const;
  const point = (unit: UnitInput, role: PlannedPoint['staff']['role']): PlannedPoint => ({
    unit,
    staff: { id: uuidv5(`staff:${unit.path}`), name: personName(random), role },
  });
  const departments = DEPARTMENTS.map((name, index) => {
    const id = `D${two(index + 1)}`;
    const path = `${districtPath}/${id}`;
    const windows = (index + 1) % SECOND_WINDOW_EVERY === 0 ? [1, 2] : [1];
    return {
      own: point({ path, name: `${name}（演示）`, body: 'department', ...outside }, 'department-reviewer'),
      windows: windows.map((nth) =>
        point(
          {
            // A unit's id is its own in the whole district.
            path: `${path}/${id}W${nth}`,
            name: `${name}信用修复专窗${windows.length > 1 ? nth : ''}（演示）`,
            body: 'window',
            ...outside,
          },
          'repair-clerk',
        ),
      ),
    };
  });
  const bank = point(
    { path: `${districtPath}/${BANK}`, name: '虚构银行海曙支行', body: 'bank', ...outside },
    'finance-officer',
  );
  const [first] = departments;
  const [window] = first?.windows ?? [];
  if (first === undefined || window === undefined) throw new Error('The demonstration has departments');
  return {
    points: [...departments.flatMap(({ own, windows }) => [own, ...windows]), bank],
    department: first.own,
    window,
    bank,
    creditOfficer: { id: uuidv5('staff:credit-officer'), name: personName(random) },
  };
}

/** Makes those units and their people's accounts through the centre's administration. */
export async function createOffices(
  centre: RunningCentre,
  { points, creditOfficer }: Offices,
  { districtPath, passwordHash }: { districtPath: string; passwordHash: string },
): Promise<void> {
  await centre.admin.admin.createUnits({ units: points.map(({ unit }) => unit) });
  const officer: StaffInput = {
    ...creditOfficer,
    role: 'credit-officer',
    unitPath: districtPath,
    passwordHash,
  };
  await centre.admin.admin.addStaff({
    staff: [...points.map(({ unit, staff }) => ({ ...staff, unitPath: unit.path, passwordHash })), officer],
  });
}

/** Enrols a workstation at each of these units and leaves it closed, with all that is there for it. Gives back the folders by path. */
export async function enrolOffices(
  centre: RunningCentre,
  points: readonly PlannedPoint[],
  workstationsFolder: string,
): Promise<Map<string, string>> {
  const { codes } = await centre.admin.admin.createCodes({
    unitPaths: points.map(({ unit }) => unit.path),
    validMinutes: 60,
  });
  const folders = new Map<string, string>();
  for (const point of points) {
    const folder = folderOf(workstationsFolder, point);
    folders.set(point.unit.path, folder);
    const code = codes.find(({ unitPath }) => unitPath === point.unit.path)?.code ?? '';
    await enrolAt(
      centre,
      await openWorkstation({ folder, point, clock: () => new Date(), fetcher: fetch }),
      code,
    );
  }
  return folders;
}

/** Opens the workstations of these units, signed in and read to the end of their feeds, does the work, and leaves them closed. */
export async function withOffices<Name extends string>(
  points: Record<Name, PlannedPoint>,
  folders: ReadonlyMap<string, string>,
  work: (opened: Record<Name, WorkstationHandle>) => Promise<void>,
): Promise<void> {
  const opened: [string, WorkstationHandle][] = [];
  try {
    for (const [name, point] of Object.entries<PlannedPoint>(points)) {
      const folder = folders.get(point.unit.path) ?? '';
      const workstation = await openWorkstation({ folder, point, clock: () => new Date(), fetcher: fetch });
      opened.push([name, workstation]);
      await signInWorkstation(workstation);
      await workstation.running.parts.sync.run();
    }
    // Of exactly these names.
    await work(Object.fromEntries(opened) as Record<Name, WorkstationHandle>);
  } finally {
    for (const [, workstation] of opened) await workstation.running.close();
  }
}

async function enrolAt(centre: RunningCentre, workstation: WorkstationHandle, code: string): Promise<void> {
  try {
    await enrolWorkstation(workstation, centre.url, code);
    await signInWorkstation(workstation);
    await workstation.running.parts.sync.run();
  } finally {
    await workstation.running.close();
  }
}
