import type { Refusal } from '../kernel/event/ruling.ts';
import { INDICATORS, isIndicator } from './indicators.ts';
import { CreditPolicy, mostOf, rankOf } from './policy.ts';

/** The policy that a new one follows, as far as it is asked of it. */
export type PolicyInForce = { version: number; effectiveFrom: string };

/** What a policy file comes to: the policy, or every fault in it, each with its field and rule. */
export type CheckedPolicy =
  | { policy: CreditPolicy; faults: readonly [] }
  | { policy: null; faults: readonly Refusal[] };

/**
 * Reads a policy and says everything that is wrong with it, not only the first thing: its form, what it contradicts in itself, and
 * that its date is neither past nor before the end of the one in force. `today` is the day of publication.
 */
export function checkPolicy(
  file: unknown,
  inForce: PolicyInForce | null,
  today: string | null,
): CheckedPolicy {
  const read = CreditPolicy.safeParse(file);
  if (!read.success)
    return {
      policy: null,
      faults: read.error.issues.map(({ path, code, message }) => ({
        rule: emptyAt(file, path) ? 'required' : 'payload-invalid',
        field: path.map(String).join('.'),
        parameters: { detail: message || code },
      })),
    };
  const policy = read.data;
  const faults = [
    ...datesOf(policy, inForce, today),
    ...bandsOf(policy),
    ...repeatsOf(policy),
    ...indicatorsOf(policy),
    ...sumsOf(policy),
    ...capsOf(policy),
    ...objectionOf(policy),
  ];
  return faults.length === 0 ? { policy, faults: [] } : { policy: null, faults };
}

/** Whether nothing is written yet at a place of the file. */
function emptyAt(file: unknown, path: readonly PropertyKey[]): boolean {
  let at = file;
  for (const part of path)
    at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined;
  return at === '';
}

function datesOf(
  { effectiveFrom }: CreditPolicy,
  inForce: PolicyInForce | null,
  today: string | null,
): Refusal[] {
  const faults: Refusal[] = [];
  if (today !== null && effectiveFrom < today)
    faults.push({ rule: 'credit-policy-backdated', field: 'effectiveFrom', parameters: { today } });
  if (inForce !== null && effectiveFrom <= inForce.effectiveFrom)
    faults.push({
      rule: 'credit-policy-order',
      field: 'effectiveFrom',
      parameters: { version: inForce.version, day: inForce.effectiveFrom },
    });
  return faults;
}

/** Bands stand from the best to the worst and leave out no number of points and none twice. */
function bandsOf({ scale: { base, highest, grades } }: CreditPolicy): Refusal[] {
  const faults: Refusal[] = [];
  let expected = highest;
  grades.forEach(({ from, to }, place) => {
    const field = `scale.grades.${place}`;
    if (from > to)
      faults.push({ rule: 'credit-band-empty', field: `${field}.from`, parameters: { from, to } });
    if (to > expected)
      faults.push({ rule: 'credit-band-overlap', field: `${field}.to`, parameters: { to, expected } });
    if (to < expected)
      faults.push({ rule: 'credit-band-gap', field: `${field}.to`, parameters: { to, expected } });
    expected = from - 1;
  });
  if (expected >= 0)
    faults.push({
      rule: 'credit-band-gap',
      field: `scale.grades.${grades.length - 1}.from`,
      parameters: { to: expected + 1, expected: 0 },
    });
  if (base > highest)
    faults.push({ rule: 'credit-base-above', field: 'scale.base', parameters: { highest } });
  return faults;
}

function repeatsOf(policy: CreditPolicy): Refusal[] {
  const lists = [
    { path: 'categories', key: 'code', keys: policy.categories.map(({ code }) => code) },
    { path: 'scale.grades', key: 'code', keys: policy.scale.grades.map(({ code }) => code) },
    { path: 'rates', key: 'indicator', keys: policy.rates.map(({ indicator }) => indicator) },
    { path: 'events', key: 'indicator', keys: policy.events.map(({ indicator }) => indicator) },
    { path: 'caps', key: 'listing', keys: policy.caps.map(({ listing }) => listing) },
  ];
  return lists.flatMap(({ path, key, keys }) =>
    keys.flatMap((one, place) =>
      keys.indexOf(one) < place
        ? [{ rule: 'credit-named-twice', field: `${path}.${place}.${key}`, parameters: { name: one } }]
        : [],
    ),
  );
}

/** Somebody computes each indicator, and as what it is used here. */
function indicatorsOf(policy: CreditPolicy): Refusal[] {
  const named = [
    ...policy.rates.map(({ indicator }, place) => ({ indicator, kind: 'rate', field: `rates.${place}` })),
    ...policy.events.map(({ indicator }, place) => ({ indicator, kind: 'event', field: `events.${place}` })),
  ];
  const faults = named.flatMap(({ indicator, kind, field }): Refusal[] => {
    const where = { field: `${field}.indicator`, parameters: { indicator } };
    if (!isIndicator(indicator)) return [{ rule: 'credit-indicator-unknown', ...where }];
    return INDICATORS[indicator].kind === kind ? [] : [{ rule: 'credit-indicator-kind', ...where }];
  });
  const knowsMatters = policy.rates.some(({ indicator }) => isMatter(indicator));
  // Nobody would ever be rated.
  return knowsMatters ? faults : [...faults, { rule: 'credit-no-matters', field: 'leastMatters' }];
}

/** Whether the facts of an indicator are one for each matter. */
export function isMatter(indicator: string): boolean {
  if (!isIndicator(indicator)) return false;
  const known = INDICATORS[indicator];
  return known.kind === 'rate' && known.matter;
}

/** Rates add up to what is said, and no merchant can leave the scale. */
function sumsOf({ scale, rates, rateTotals, events }: CreditPolicy): Refusal[] {
  const faults: Refusal[] = [];
  const up = rates.reduce((sum, one) => sum + one.up, 0);
  const down = rates.reduce((sum, one) => sum + one.down, 0);
  if (up !== rateTotals.up)
    faults.push({ rule: 'credit-weights-sum', field: 'rateTotals.up', parameters: { sum: up } });
  if (down !== rateTotals.down)
    faults.push({ rule: 'credit-weights-sum', field: 'rateTotals.down', parameters: { sum: down } });
  events.forEach((rule, place) => {
    if (rule.points > rule.capPerYear)
      faults.push({
        rule: 'credit-event-above-cap',
        field: `events.${place}.points`,
        parameters: { cap: rule.capPerYear },
      });
  });
  const most = (direction: 'for' | 'against'): number =>
    events.reduce((sum, rule) => {
      const known = isIndicator(rule.indicator) ? INDICATORS[rule.indicator] : null;
      return known?.kind === 'event' && known.direction === direction ? sum + mostOf(rule) : sum;
    }, 0);
  const highest = scale.base + up + most('for');
  const lowest = scale.base - down - most('against');
  if (highest > scale.highest)
    faults.push({ rule: 'credit-points-above', field: 'scale.base', parameters: { points: highest } });
  if (lowest < 0)
    faults.push({ rule: 'credit-points-below', field: 'scale.base', parameters: { points: lowest } });
  return faults;
}

/** What each listing allows is a grade of the scale, and the graver list allows no better one. */
function capsOf(policy: CreditPolicy): Refusal[] {
  const codes = new Set(policy.scale.grades.map(({ code }) => code));
  const faults = policy.caps.flatMap(({ grade }, place): Refusal[] =>
    codes.has(grade)
      ? []
      : [{ rule: 'credit-grade-unknown', field: `caps.${place}.grade`, parameters: { grade } }],
  );
  const severe = policy.caps.findIndex(({ listing }) => listing === 'severe');
  const abnormal = policy.caps.find(({ listing }) => listing === 'abnormal');
  const grade = policy.caps[severe]?.grade;
  const known = abnormal && codes.has(abnormal.grade) && codes.has(grade ?? '');
  if (grade !== undefined && known && rankOf(policy, grade) < rankOf(policy, abnormal.grade))
    faults.push({
      rule: 'credit-caps-contradict',
      field: `caps.${severe}.grade`,
      parameters: { grade, abnormal: abnormal.grade },
    });
  return faults;
}

function objectionOf({ objection }: CreditPolicy): Refusal[] {
  const pairs = [
    ['file', 'fileApproved'],
    ['decide', 'decideApproved'],
  ] as const;
  return pairs.flatMap(([usual, approved]) =>
    objection[approved] < objection[usual]
      ? [
          {
            rule: 'credit-limit-order',
            field: `objection.${approved}`,
            parameters: { days: objection[usual] },
          },
        ]
      : [],
  );
}
