import { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import { DayText, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';

/** A code, a day, months or thousandths. */
const Whole = z.int().min(-10_000).max(100_000);

/** A rule of the whitelist as it stood: what the merchant has, and what is asked. */
export const WhitelistReason = z.object({
  rule: z.string().max(40),
  has: z.union([z.string().max(200), Whole, z.null()]),
  needs: z.union([z.string().max(200), Whole]),
});
export type WhitelistReason = z.infer<typeof WhitelistReason>;

const Listed = z.object({
  merchantPath: UnitPath,
  /** Of the products by whose rules it was judged. */
  version: z.int().min(1),
  on: DayText,
  /** On entry every rule as it holds; on leaving those that do not. */
  reasons: z.array(WhitelistReason).min(1).max(20),
});

/** What is known of one merchant for finance: the day on its licence, and its place on the whitelist. */
export const financeSchemas = {
  'licence-recorded@1': z.object({
    merchantPath: UnitPath,
    establishedOn: DayText,
    /** What it was read off. */
    seen: z.enum(['licence', 'public-register']),
  }),
  'whitelist-entered@1': Listed,
  'whitelist-left@1': Listed,
  /** The merchant was told of the last entry or leaving. */
  'whitelist-notice-given@1': z.object({
    change: z.enum(['entered', 'left']),
    manner: z.enum(['screen', 'paper', 'post']),
    on: DayText,
  }),
};
export type FinancePayload<Key extends keyof typeof financeSchemas> = z.infer<(typeof financeSchemas)[Key]>;

/** What workstations record; the whitelist is the centre's. */
export const FINANCE_BY_PEOPLE = ['licence-recorded', 'whitelist-notice-given'] as const;

export type WhitelistChange = Omit<FinancePayload<'whitelist-entered@1'>, 'merchantPath'> & {
  change: 'entered' | 'left';
  /** First notice of it to the merchant; null until then. */
  noticeOn: string | null;
};

/** Changes that a state keeps; the log has all. */
const KEPT = 40;

/** The finance record of one merchant; its id is the merchant's. */
export type FinanceState = {
  id: string;
  unitPath: string;
  licence: (Omit<FinancePayload<'licence-recorded@1'>, 'merchantPath'> & { by: string; at: string }) | null;
  /** The latest first. */
  changes: WhitelistChange[];
  revision: number;
};

/** Whether the merchant is on the whitelist. */
export function isWhitelisted(state: Pick<FinanceState, 'changes'> | undefined): boolean {
  return state?.changes[0]?.change === 'entered';
}

type Read = Exclude<ParsedPayload<typeof financeSchemas>, { key: 'unknown' | 'invalid' }>;

/** Applies one fact: entries and leavings are the centre's alone, what people record is of the merchant's unit or above it. */
export function applyFinance(state: FinanceState | undefined, fact: Fact): Ruling<FinanceState> {
  const read = readPayload(financeSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  const ofCentre = read.key === 'whitelist-entered@1' || read.key === 'whitelist-left@1';
  if (ofCentre ? role !== 'administrator' : !may(role, 'finance.handle'))
    return illegal('role-may-not', undefined, { role });
  const path = 'merchantPath' in read.payload ? read.payload.merchantPath : state?.unitPath;
  if (path === undefined) return illegal('finance-missing');
  if (!covers(unitPath, path)) return illegal('outside-scope', 'merchantPath');
  const base = state ?? { id: fact.stream.id, unitPath: path, licence: null, changes: [], revision: 0 };
  return take({ ...base, unitPath: path, revision: base.revision + 1 }, read, fact);
}

function take(next: FinanceState, read: Read, fact: Fact): Ruling<FinanceState> {
  const day = businessDay(fact.at);
  switch (read.key) {
    case 'licence-recorded@1': {
      const { establishedOn, seen } = read.payload;
      if (establishedOn > day) return illegal('date-in-future', 'establishedOn');
      return legal({ ...next, licence: { establishedOn, seen, by: fact.actor.name, at: fact.at } });
    }
    case 'whitelist-entered@1':
      return isWhitelisted(next)
        ? illegal('whitelist-on-already')
        : legal(changed(next, 'entered', read.payload));
    case 'whitelist-left@1':
      return isWhitelisted(next) ? legal(changed(next, 'left', read.payload)) : illegal('whitelist-not-on');
    case 'whitelist-notice-given@1': {
      const { change, on } = read.payload;
      const [last, ...earlier] = next.changes;
      if (last?.change !== change) return illegal('whitelist-change-unknown', 'change');
      if (last.noticeOn !== null) return illegal('whitelist-noticed-already');
      if (on > day) return illegal('date-in-future', 'on');
      if (on < last.on) return illegal('whitelist-notice-before', 'on', { day: last.on });
      return legal({ ...next, changes: [{ ...last, noticeOn: on }, ...earlier] });
    }
  }
}

function changed(
  state: FinanceState,
  change: WhitelistChange['change'],
  { version, on, reasons }: FinancePayload<'whitelist-entered@1'>,
): FinanceState {
  const latest: WhitelistChange = { change, version, on, reasons, noticeOn: null };
  return { ...state, changes: [latest, ...state.changes].slice(0, KEPT) };
}

/** Known where the merchant trades and in all units above. */
export function financeSight({ unitPath }: Pick<FinanceState, 'unitPath'>): string[] {
  return ancestorsAndSelf(unitPath);
}
