import { v5 as uuidv5 } from './name-id.ts';
import type { StaffInput, UnitInput } from '../../src/contract/centre/index.ts';
import type { Role } from '../../src/domain/kernel/event/event.ts';
import type { Party } from '../../src/domain/organisation/index.ts';
import { merchantName, personName, phoneNumber, type Trade } from './names.ts';
import { createRandom } from './random.ts';

/** A unit of the dispute hierarchy. */
export type PlannedUnit = UnitInput & { level: number; party: Party };
export type PlannedPoint<Unit extends UnitInput = UnitInput> = {
  unit: Unit;
  staff: { id: string; name: string; role: Role };
};
export type PlannedMerchant = {
  /** Given by the import of its roster. */
  id: string;
  name: string;
  trade: Trade;
  unitPath: string;
  /** The dispute point that registers it and looks after it. */
  workstationPath: string;
  phone: string;
  windowDays: number;
  /** Empty where the roster names none. */
  code: string;
};

export type Plan = {
  districtPath: string;
  units: PlannedUnit[];
  points: PlannedPoint<PlannedUnit>[];
  staff: StaffInput[];
  merchants: PlannedMerchant[];
};

/** Valid by both check digits, and nobody's that we know of. */
const CODES = [
  '91330203MA2JKLMN2F',
  '92330203MA2JKLMN2C',
  '91330203MA2PQRTU9E',
  '92330203MA2PQRTU9B',
  '91330203MA2WXY0021',
  '92330203MA2WXY002X',
  '91330203MA7K9P3X4G',
  '92330203MA7K9P3X4D',
  '91330203MA2G0003XF',
];

const CIRCLES = ['天一商圈', '鼓楼商圈', '月湖商圈'];

/**
 * Lays out one demonstration district: dispute points at the district, its circles, its malls and as many
 * shops as are left; merchants with a promise, one for each shop and the rest in the malls. Invented.
 * `points` counts all dispute points, at least 4.
 */
export function planDistrict(options: {
  points: number;
  merchants: number;
  seed: number;
  passwordHash: string;
}): Plan {
  const random = createRandom(options.seed).branch('plan');
  const circleCount = options.points >= 64 ? 3 : 1;
  const mallCount = Math.max(1, options.points >= 64 ? 20 : Math.floor((options.points - 2) / 3));
  const shopCount = Math.max(1, options.points - 1 - circleCount - mallCount);
  const root = '/HS';
  const points: PlannedPoint<PlannedUnit>[] = [];
  const point = (unit: PlannedUnit, role: Role): void => {
    points.push({ unit, staff: { id: uuidv5(`staff:${unit.path}`), name: personName(random), role } });
  };
  point(
    { path: root, name: '海曙区（演示）', level: 4, party: 'regulator', disputePoint: true },
    'supervisor',
  );
  const circlePaths = Array.from({ length: circleCount }, (_, index) => {
    const path = `${root}/C${index + 1}`;
    const name = `${CIRCLES[index] ?? '商圈'}（演示）`;
    point({ path, name, level: 3, party: 'operator', disputePoint: true }, 'supervisor');
    return path;
  });
  const mallPaths = Array.from({ length: mallCount }, (_, index) => {
    const path = `${at(circlePaths, index)}/M${String(index + 1).padStart(2, '0')}`;
    point(
      { path, name: `第${index + 1}商场（演示）`, level: 2, party: 'operator', disputePoint: true },
      'mediator',
    );
    return path;
  });
  const merchants: PlannedMerchant[] = [];
  const merchant = (unitPath: string, workstationPath: string): PlannedMerchant => {
    const { name, trade } = merchantName(random, merchants.length);
    const planned: PlannedMerchant = {
      id: uuidv5(`merchant:${options.seed}:${merchants.length}`),
      name,
      trade,
      unitPath,
      workstationPath,
      phone: phoneNumber(random),
      windowDays: random.pick([7, 7, 7, 15, 30]),
      code: CODES[merchants.length] ?? '',
    };
    merchants.push(planned);
    return planned;
  };
  for (let index = 0; index < shopCount; index += 1) {
    const mall = at(mallPaths, index);
    const path = `${mall}/S${String(index + 1).padStart(3, '0')}`;
    const tenant = merchant(path, mall);
    point({ path, name: tenant.name, level: 1, party: 'merchant', disputePoint: true }, 'shop-manager');
  }
  while (merchants.length < options.merchants) {
    const mall = at(mallPaths, merchants.length);
    merchant(mall, mall);
  }
  return {
    districtPath: root,
    units: points.map(({ unit }) => unit),
    points,
    staff: points.map(({ unit, staff }) => ({
      ...staff,
      unitPath: unit.path,
      passwordHash: options.passwordHash,
    })),
    merchants,
  };
}

/** Deals round the list. */
function at(paths: readonly string[], index: number): string {
  const path = paths[index % paths.length];
  if (path === undefined) throw new RangeError('No unit to deal to');
  return path;
}
