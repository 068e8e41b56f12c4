import { v5 as uuidv5 } from '../../world/name-id.ts';
import { merchantName, personName } from '../../world/names.ts';
import { createRandom, type Random } from '../../world/random.ts';
import type { Role } from '../../../src/domain/kernel/event/event.ts';
import { sanctionIdOf } from '../../../src/domain/credit/index.ts';
import type { SanctionContent } from '../../../src/domain/sanction/index.ts';
import { CLOSES, dayOf, isWorked, minuteAt, monthsLater, OPENS, textOf } from './calendar.ts';
import type { PlannedMatter, PlannedRecord } from './truth.ts';

export const DISTRICT = '/HS';
const CIRCLE = `${DISTRICT}/C1`;
const ORGAN = '虚构市场监督管理局';

export type DeskKind = 'district' | 'filer' | 'window' | 'department';
export type PlannedDesk = {
  kind: DeskKind;
  path: string;
  staff: { id: string; name: string; role: Role };
};
export type Merchant = { id: string; name: string; unitPath: string };

/** A record with what is typed of it, and when it is entered and its duty found to be done. */
export type Decision = PlannedRecord & {
  merchant: Merchant;
  content: SanctionContent;
  enteredOn: number;
  fulfilled: boolean;
};
export type PlannedApplication = {
  id: string;
  place: number;
  merchant: Merchant;
  windowPath: string;
  /** The minute at which it is filed. */
  filedAt: number;
  matters: readonly (PlannedMatter & { departments: readonly string[] })[];
};

export type RepairPlan = {
  units: (
    | { path: string; name: string; level: number; party: 'merchant' | 'operator' | 'regulator' }
    | { path: string; name: string; body: 'department' | 'window' }
  )[];
  desks: PlannedDesk[];
  departments: string[];
  merchants: Merchant[];
  decisions: Decision[];
  applications: PlannedApplication[];
};

const two = (number: number): string => String(number).padStart(2, '0');
const many = <Item>(count: number, make: (place: number) => Item): Item[] =>
  Array.from({ length: count }, (_, place) => make(place));
const dealt = <Item>(items: readonly Item[], place: number): Item => {
  const item = items[place % items.length];
  if (item === undefined) throw new RangeError('Nothing to deal');
  return item;
};

/** Of 7,000 applications in the seed articles' year 6,853 enterprises were served. */
const MERCHANTS_PER_APPLICATION = 6853 / 7000;

/** Lays out the units with one person each, the merchants, the records about them, and who files what and when. */
export function planRepairs(options: {
  applications: number;
  departments: number;
  firstDay: string;
  days: number;
  seed: number;
}): RepairPlan {
  const random = createRandom(options.seed).branch('repairs');
  const count = options.departments;
  const departments = many(count, (place) => `${DISTRICT}/D${two(place + 1)}`);
  const windows = many(Math.max(1, Math.round(count / 10)), (place) => {
    const id = `D${two(place + 1)}`;
    return `${DISTRICT}/${id}/${id}W1`;
  });
  const malls = many(Math.max(1, Math.round(count / 8)), (place) => `${CIRCLE}/M${two(place + 1)}`);
  const shops = many(
    Math.max(1, Math.round(count / 5)),
    (place) => `${dealt(malls, place)}/S${two(place + 1)}`,
  );
  const desk = (kind: DeskKind, path: string, role: Role): PlannedDesk => ({
    kind,
    path,
    staff: { id: uuidv5(`repair:${path}`), name: personName(random), role },
  });
  const merchants = many(
    Math.max(1, Math.round(options.applications * MERCHANTS_PER_APPLICATION)),
    (place) => ({
      id: uuidv5(`repair-merchant:${options.seed}:${place}`),
      name: merchantName(random, place).name,
      unitPath: shops[place] ?? dealt(malls, place),
    }),
  );
  const decisions: Decision[] = [];
  const applications = many(options.applications, (place) => {
    const merchant = merchants[place] ?? random.pick(merchants);
    return planApplication({ ...options, place, merchant, random, windows, departments, decisions });
  });
  for (let place = 0; place < Math.ceil(options.applications / 50); place += 1)
    decisions.push(unsought(random.pick(merchants), place, dayOf(options.firstDay), options.days, random));
  return {
    units: [
      { path: DISTRICT, name: '海曙区（演示）', level: 4, party: 'regulator' },
      { path: CIRCLE, name: '天一商圈（演示）', level: 3, party: 'operator' },
      ...malls.map((path, place) => ({
        path,
        name: `第${place + 1}商场（演示）`,
        level: 2,
        party: 'operator' as const,
      })),
      ...shops.map((path, place) => ({
        path,
        name: merchants[place]?.name ?? path,
        level: 1,
        party: 'merchant' as const,
      })),
      ...departments.map((path, place) => ({
        path,
        name: `第${place + 1}部门（演示）`,
        body: 'department' as const,
      })),
      ...windows.map((path, place) => ({
        path,
        name: `第${place + 1}专窗（演示）`,
        body: 'window' as const,
      })),
    ],
    desks: [
      desk('district', DISTRICT, 'supervisor'),
      ...malls.map((path) => desk('filer', path, 'mediator')),
      ...shops.map((path) => desk('filer', path, 'shop-manager')),
      ...windows.map((path) => desk('window', path, 'repair-clerk')),
      ...departments.map((path) => desk('department', path, 'department-reviewer')),
    ],
    departments,
    merchants,
    decisions,
    applications,
  };
}

/** Mostly within office hours; but a merchant's own desk is never closed. */
function filingMinute(random: Random, firstDay: number, days: number): number {
  let day = firstDay + random.whole(0, days - 1);
  if (random.chance(0.85)) while (!isWorked(day) && day < firstDay + days - 1) day += 1;
  const office = random.chance(0.78);
  return minuteAt(day, office ? random.whole(OPENS, CLOSES - 1) : random.whole(7 * 60, 22 * 60));
}

function planApplication(options: {
  place: number;
  seed: number;
  firstDay: string;
  days: number;
  merchant: Merchant;
  random: Random;
  windows: readonly string[];
  departments: readonly string[];
  decisions: Decision[];
}): PlannedApplication {
  const { place, seed, merchant, random, windows, departments, decisions } = options;
  const first = dayOf(options.firstDay);
  const filedAt = filingMinute(random, first, options.days);
  const filedOn = Math.floor(filedAt / 1440);
  const appeal = random.chance(0.03);
  // What is about to end by itself stands alone: what becomes of several in one application is for the rules' own tests.
  const nearly = random.chance(0.06) && filedOn >= dayOf('2026-04-01');
  const count = nearly ? 1 : random.chance(0.75) ? 1 : random.whole(2, 3);
  const matters = many(count, (part) => {
    const number = `虚修〔2026〕${place + 1}-${part + 1}号`;
    const decision = nearly
      ? nearlyOver(merchant, number, filedOn, random)
      : standing(merchant, number, filedOn, random);
    decisions.push({ ...decision, enteredOn: Math.max(first, filedOn - random.whole(1, 5)) });
    const own = random.pick(departments);
    const other = random.pick(departments);
    return {
      matterId: `k-${part + 1}`,
      recordId: decision.id,
      channel: decision.content.channel,
      appeal,
      departments: random.chance(0.25) && other !== own ? [own, other] : [own],
    };
  });
  return {
    id: uuidv5(`repair-application:${seed}:${place}`),
    place,
    merchant,
    windowPath: random.pick(windows),
    filedAt,
    matters,
  };
}

function decided(
  merchant: Merchant,
  number: string,
  over: Partial<SanctionContent> & { determinedOn: string },
  lastDay: number | null,
  fulfilled = false,
): Decision {
  const content: SanctionContent = {
    kind: 'penalty',
    class: 'ordinary',
    organ: ORGAN,
    number,
    publishedOn: null,
    channel: 'creditchina',
    simplified: false,
    measures: ['fine'],
    areas: [],
    restrictedUntil: null,
    text: '【虚构示例】未明码标价',
    duties: fulfilled || lastDay === null ? [{ dutyId: 'pay', text: '缴纳罚款' }] : [],
    ...over,
  };
  const id = sanctionIdOf(merchant.id, { organ: ORGAN, number });
  return {
    id,
    unitPath: merchant.unitPath,
    lastDay,
    merchant,
    content,
    enteredOn: dayOf(over.determinedOn),
    fulfilled,
  };
}

/** An ordinary penalty whose minimum is over when it is applied for. */
function standing(merchant: Merchant, number: string, filedOn: number, random: Random): Decision {
  const fulfilled = random.chance(0.15);
  if (random.chance(0.7)) {
    const on = filedOn - random.whole(95, 300);
    // Order 58 until the end of March 2026, Order 36 from then on.
    const lastDay = monthsLater(on, on < dayOf('2026-04-01') ? 36 : 12);
    return decided(merchant, number, { determinedOn: textOf(on) }, lastDay, fulfilled);
  }
  const on = filedOn - random.whole(205, 330);
  const published = on + random.whole(1, 14);
  // SAMR's Order 45 counts from publication, its Measures of 2025 from determination.
  const lastDay = on < dayOf('2025-12-25') ? monthsLater(published, 36) : monthsLater(on, 12);
  const days = { determinedOn: textOf(on), publishedOn: textOf(published) };
  return decided(merchant, number, { ...days, channel: 'gsxt' }, lastDay, fulfilled);
}

const MINOR = { class: 'minor', measures: ['warning'], channel: 'gsxt' } as const;

/** A minor penalty that ends by itself within some days of being applied for: three months after it was determined. */
function nearlyOver(merchant: Merchant, number: string, filedOn: number, random: Random): Decision {
  let on = filedOn - random.whole(78, 89);
  while (monthsLater(on, 3) < filedOn) on += 1;
  return decided(
    merchant,
    number,
    { ...MINOR, measures: [...MINOR.measures], determinedOn: textOf(on) },
    monthsLater(on, 3),
  );
}

/** A minor penalty that nobody applies for: it ends by itself, or never while its duty is open. */
function unsought(merchant: Merchant, place: number, first: number, days: number, random: Random): Decision {
  const on = first + random.whole(0, Math.max(0, days - 1));
  const open = place % 2 === 1;
  const number = `虚轻〔2026〕${place + 1}号`;
  const content = { ...MINOR, measures: [...MINOR.measures], determinedOn: textOf(on) };
  return decided(merchant, number, content, open ? null : monthsLater(on, 3));
}
