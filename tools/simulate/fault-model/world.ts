import type { Role } from '../../../src/domain/kernel/event/event.ts';
import type { Party } from '../../../src/domain/organisation/unit.ts';
import type { CentralClient } from '../../../src/protocol/central-client.ts';
import { demoPasswordHash } from '../../world/world.ts';

/** The little district of every seed: four levels, two malls side by side, two workstations at one of them. */
export const UNITS: { path: string; name: string; level: number; party: Party }[] = [
  { path: '/HS', name: '虚构区', level: 4, party: 'regulator' },
  { path: '/HS/C1', name: '虚构商圈', level: 3, party: 'operator' },
  { path: '/HS/C1/M01', name: '虚构第一商场', level: 2, party: 'operator' },
  { path: '/HS/C1/M02', name: '虚构第二商场', level: 2, party: 'operator' },
  { path: '/HS/C1/M01/S001', name: '虚构服饰店', level: 1, party: 'merchant' },
];

export const FIRST_DAY = '2026-03-02T09:00:00+08:00';

const roleAt = (level: number): Role => (level === 1 ? 'shop-manager' : 'mediator');

/** The two people of a unit, by id. */
export function staffOf(unitPath: string): [string, string] {
  const name = unitPath.slice(1).replaceAll('/', '-');
  return [`staff-${name}-a`, `staff-${name}-b`];
}

export function roleOf(unitPath: string): Role {
  return roleAt(UNITS.find((unit) => unit.path === unitPath)?.level ?? 1);
}

/** Workstations by name; the mall's two share a unit. */
export const WORKSTATIONS: { name: string; unitPath: string }[] = [
  { name: 'shop', unitPath: '/HS/C1/M01/S001' },
  { name: 'mall-a', unitPath: '/HS/C1/M01' },
  { name: 'mall-b', unitPath: '/HS/C1/M01' },
  { name: 'circle', unitPath: '/HS/C1' },
  { name: 'district', unitPath: '/HS' },
  { name: 'mall-2', unitPath: '/HS/C1/M02' },
];

/** Makes units and people through the centre's administration. */
export async function buildDistrict(admin: CentralClient): Promise<void> {
  await admin.admin.createUnits({ units: UNITS.map((unit) => ({ ...unit, disputePoint: true })) });
  const passwordHash = await demoPasswordHash();
  await admin.admin.addStaff({
    staff: UNITS.flatMap((unit) =>
      staffOf(unit.path).map((id) => ({
        id,
        name: `${id}（虚构）`,
        role: roleAt(unit.level),
        unitPath: unit.path,
        passwordHash,
      })),
    ),
  });
}
