/**
 * Grades merchants from a centre's log with its own arithmetic and none of the product's functions: whole fractions instead of
 * rounded numbers, a walk of its own through cases and returns, and the policy read as the file it is.
 * `node tests/central/credit-independent.ts DATABASE_URL 2026-11` prints every merchant's.
 */
import { readFileSync } from 'node:fs';
import pg from 'pg';

type Logged = {
  id: string;
  kind: string;
  stream: string;
  type: string;
  payload: Record<string, unknown>;
  at: string;
  unit: string;
};
type Unit = { path: string; level: number; party: string };
export type IndependentGrade = {
  points: number;
  grade: string | null;
  reasons: [code: string, lost: number][];
};

type Policy = {
  categories: { code: string }[];
  scale: { base: number; grades: { code: string; from: number; to: number }[] };
  leastMatters: number;
  categoryWeight: number;
  rates: {
    indicator: string;
    up: number;
    down: number;
    expected: number;
    weight: number;
    windowMonths: number;
  }[];
  events: { indicator: string; points: number; capPerYear: number; decayMonths: number }[];
  caps: { listing: string; grade: string }[];
};
const policy = JSON.parse(
  readFileSync(new URL('../../src/domain/credit/haishu.json', import.meta.url), 'utf8'),
) as Policy;
const procedure = JSON.parse(
  readFileSync(new URL('../../src/domain/procedure/haishu.json', import.meta.url), 'utf8'),
) as { levels: { level: number; firstContactHours: { value: number } | null }[] };

/** Counted once a matter. */
const MATTERS = ['settled-at-source', 'returns-granted', 'priced-clearly'];

type Mark = { who: string; what: string; when: string; well: boolean; fact: string };

/** The day in Shanghai, which has been at +08:00 all through. */
const dayOf = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
const monthsFrom = (day: string, month: string): number =>
  (Number(month.slice(0, 4)) - Number(day.slice(0, 4))) * 12 +
  Number(month.slice(5, 7)) -
  Number(day.slice(5, 7));

/** One case, followed by hand. */
function marksOfCase(log: readonly Logged[], unitAt: Map<string, Unit>): Mark[] {
  const marks: Mark[] = [];
  let who: string | null = null;
  let [holder, since, begun] = ['', '', ''];
  let [waits, failed, up, reached, parts, paid] = [false, false, 0, false, 0, 0];
  const isOffice = (path: string): boolean => unitAt.get(path)?.party === 'regulator';
  for (const { id, type, payload, at, unit } of log) {
    const mark = (what: string, well: boolean): void => {
      marks.push({ who: who ?? '', what, when: dayOf(at), well, fact: id });
    };
    const given = payload as {
      merchant?: { merchantId: string | null };
      merchantId?: string | null;
      toPath?: string;
      performance?: { kind: string; instalments?: unknown[] };
      result?: string;
    };
    const hours = procedure.levels.find(
      ({ level }) => level === unitAt.get(holder)?.level,
    )?.firstContactHours;
    const moves = ['case-escalated', 'case-handed-down', 'case-transferred', 'case-taken-over'].includes(
      type,
    );
    const answers =
      moves ||
      ['case-accepted', 'case-refused', 'case-settled', 'mediation-failed', 'case-withdrawn'].includes(type);
    if (waits && answers && hours && unitAt.get(holder)?.party === 'merchant')
      mark('answered-in-time', Date.parse(at) - Date.parse(since) <= hours.value * 3_600_000);
    if (answers) waits = moves;
    if (type === 'case-registered') {
      who = given.merchant?.merchantId ?? null;
      [holder, since, begun, waits] = [unit, at, unit, true];
    } else if (moves) {
      holder = type === 'case-taken-over' ? unit : (given.toPath ?? '');
      since = at;
      failed = false;
      if (type === 'case-escalated' || type === 'case-taken-over') {
        up += 1;
        if (isOffice(holder)) {
          reached = true;
          mark('regulator-spared', false);
        }
      }
    } else if (type === 'case-settled') {
      const level = unitAt.get(unit)?.level ?? 0;
      mark('settled-at-source', up === 0 && level <= 2 && !isOffice(unit));
      if (!reached && !isOffice(begun)) mark('regulator-spared', true);
      if (given.performance?.kind === 'at-once') mark('agreements-kept', true);
      parts = given.performance?.instalments?.length ?? 0;
      paid = 0;
    } else if (type === 'performance-recorded') mark('agreements-kept', given.result === 'kept');
    else if (type === 'instalment-recorded') {
      paid += 1;
      if (given.result === 'broken' || paid === parts) mark('agreements-kept', given.result === 'kept');
    } else if (type === 'mediation-failed') failed = true;
    else if (type === 'case-closed') {
      if (failed) mark('settled-at-source', false);
    } else if (type === 'case-corrected' && given.merchantId !== undefined) who = given.merchantId;
  }
  return who === null ? [] : marks.map((mark) => ({ ...mark, who }));
}

function marksOfReturn(log: readonly Logged[]): Mark[] {
  const request = log.find(({ type }) => type === 'return-requested')?.payload as
    | { merchantId: string; verdict: string }
    | undefined;
  return log.flatMap(({ id, type, at }) => {
    const covered = request?.verdict;
    const granted = type === 'return-granted' && covered !== 'ineligible';
    const refused = type === 'return-refused' && covered === 'eligible';
    return request && (granted || refused)
      ? [{ who: request.merchantId, what: 'returns-granted', when: dayOf(at), well: granted, fact: id }]
      : [];
  });
}

/** `(numerator / denominator)` to the nearest whole number, a half away from zero; the denominator is positive. */
function nearest(numerator: bigint, denominator: bigint): number {
  const size = numerator < 0n ? -numerator : numerator;
  const whole = (size * 2n + denominator) / (denominator * 2n);
  return Number(numerator < 0n ? -whole : whole);
}

/** Grades every merchant of this log for a month. */
export function gradeIndependently(
  log: readonly Logged[],
  units: readonly Unit[],
  month: string,
): Map<string, IndependentGrade> {
  const unitAt = new Map(units.map((unit) => [unit.path, unit]));
  const category = new Map<string, string>();
  const lists = new Map<string, Set<string>>();
  const gone = new Set<string>();
  const marks: Mark[] = [];
  for (const records of Map.groupBy(log, ({ kind, stream }) => `${kind} ${stream}`).values()) {
    const kind = records[0]?.kind;
    if (kind === 'case') marks.push(...marksOfCase(records, unitAt));
    if (kind === 'return') marks.push(...marksOfReturn(records));
    if (kind === 'merchant')
      for (const { stream, payload } of records)
        if (typeof payload['category'] === 'string') category.set(stream, payload['category']);
    if (kind !== 'credit') continue;
    const listed = new Map<string, string>();
    const contested = new Map<string, string[]>();
    for (const { stream, type, payload, at } of records) {
      const text = (name: string): string => String(payload[name]);
      const mark = (what: string, well: boolean): void => {
        marks.push({ who: stream, what, when: dayOf(at), well, fact: text('entryId') });
      };
      if (type === 'award-recorded') mark('award', true);
      if (type === 'penalty-recorded') mark(`penalty-${text('class')}`, false);
      if (type === 'penalty-ended') gone.add(text('penaltyId'));
      if (type === 'price-patrol-recorded') mark('priced-clearly', payload['items'] === payload['clear']);
      if (type === 'listing-recorded') listed.set(text('entryId'), text('listing'));
      if (type === 'listing-ended') listed.delete(text('listingId'));
      if (type === 'objection-made') contested.set(text('objectionId'), payload['facts'] as string[]);
      if (type === 'objection-decided' && payload['upheld'] === true)
        for (const fact of contested.get(text('objectionId')) ?? []) gone.add(fact);
    }
    lists.set(records[0]?.stream ?? '', new Set(listed.values()));
  }
  const counted = marks.filter(({ fact }) => !gone.has(fact));
  const within = (all: readonly Mark[], what: string, months: number): Mark[] =>
    all.filter((mark) => {
      const age = monthsFrom(mark.when, month);
      return mark.what === what && age >= 0 && age < months;
    });
  const meanOf = (rate: Policy['rates'][number], of: string): bigint => {
    const seen = within(counted, rate.indicator, rate.windowMonths).filter(
      ({ who }) => category.get(who) === of,
    );
    const well = seen.filter((mark) => mark.well).length;
    const extra = policy.categoryWeight;
    return BigInt(Math.floor((well * 10_000 + extra * rate.expected) / (seen.length + extra)));
  };
  const means = new Map(
    policy.categories.map(({ code }) => [code, policy.rates.map((rate) => meanOf(rate, code))]),
  );
  const byMerchant = Map.groupBy(counted, ({ who }) => who);
  return new Map(
    [...category].map(([who, of]) => {
      const own = byMerchant.get(who) ?? [];
      let points = policy.scale.base;
      let matters = 0;
      const costs: [string, number][] = [];
      policy.rates.forEach((rate, place) => {
        const seen = within(own, rate.indicator, rate.windowMonths);
        const well = seen.filter((mark) => mark.well).length;
        if (MATTERS.includes(rate.indicator)) matters += seen.length;
        // The share is `top / bottom`; `off` is how far it lies from what is expected, as a fraction over `bottom` as well.
        const bottom = BigInt(seen.length + rate.weight) * 10_000n;
        const top = BigInt(well) * 10_000n + BigInt(rate.weight) * (means.get(of)?.[place] ?? 0n);
        const off = top * 10_000n - BigInt(rate.expected) * bottom;
        const room = off < 0n ? rate.expected : 10_000 - rate.expected;
        const worth = nearest(off * BigInt(off < 0n ? rate.down : rate.up), bottom * BigInt(room));
        points += worth;
        if (well < seen.length && rate.up > worth) costs.push([rate.indicator, rate.up - worth]);
      });
      for (const event of policy.events) {
        const seen = within(own, event.indicator, event.decayMonths);
        const years = Map.groupBy(seen, (mark) => Math.floor(monthsFrom(mark.when, month) / 12));
        let worth = 0n;
        for (const some of years.values()) {
          const sum = some.reduce(
            (total, mark) => total + event.points * (event.decayMonths - monthsFrom(mark.when, month)),
            0,
          );
          worth += BigInt(Math.min(sum, event.capPerYear * event.decayMonths));
        }
        const size = nearest(worth, BigInt(event.decayMonths));
        points += event.indicator === 'award' ? size : -size;
        if (event.indicator !== 'award' && size > 0) costs.push([event.indicator, size]);
      }
      const place = (grade: string): number => policy.scale.grades.findIndex(({ code }) => code === grade);
      let at = policy.scale.grades.findIndex(({ from, to }) => from <= points && points <= to);
      const on = policy.caps.filter(({ listing }) => lists.get(who)?.has(listing));
      const barred = on.flatMap(({ listing, grade }): [string, number][] => {
        const most = policy.scale.grades[place(grade)]?.to ?? 0;
        return points > most ? [[`listing-${listing}`, points - most]] : [];
      });
      for (const { grade } of on) at = Math.max(at, place(grade));
      const known = matters >= policy.leastMatters || on.length > 0;
      const reasons = [...barred, ...costs].map((one, order) => ({ one, order }));
      reasons.sort((a, b) => b.one[1] - a.one[1] || a.order - b.order);
      return [
        who,
        {
          points,
          grade: known ? (policy.scale.grades[at]?.code ?? null) : null,
          reasons: reasons.slice(0, 4).map(({ one }) => one),
        },
      ];
    }),
  );
}

/** Everything that a centre's database has accepted, and its units. */
export async function readLog(url: string): Promise<{ log: Logged[]; units: Unit[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: units } = await client.query<Unit>('SELECT path, level, party FROM unit');
    const { rows } = await client.query<Omit<Logged, 'payload'> & { payload: string }>(
      `SELECT id::text, stream_kind AS kind, stream_id AS stream, type, payload, at, unit_path AS unit FROM event
       WHERE status = 'accepted' AND stream_kind IN ('case', 'return', 'merchant', 'credit') ORDER BY position`,
    );
    return {
      units,
      log: rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as Record<string, unknown> })),
    };
  } finally {
    await client.end();
  }
}

if (process.argv[1] === import.meta.filename) {
  const [url = '', month = ''] = process.argv.slice(2);
  const { log, units } = await readLog(url);
  for (const [who, { points, grade, reasons }] of gradeIndependently(log, units, month))
    process.stdout.write(
      `${who}\t${points}\t${grade ?? 'not-rated'}\t${reasons.map((one) => one.join(' ')).join(', ')}\n`,
    );
}
