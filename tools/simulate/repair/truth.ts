import { afterMinutes, closeOfDays, dayAt, minutesBetween, workedBetween } from './calendar.ts';

/** The promises of the seed articles and of the shipped settings, written down here once more. */
const REPLY_MINUTES = 30;
const OPINION_DAYS = { creditchina: 2, gsxt: 7 };
const OBJECTION_DAYS = 5;

/** A published record as the simulation has planned it. */
export type PlannedRecord = {
  id: string;
  unitPath: string;
  /** The last day of publication if nothing is done; null where duties stay open. */
  lastDay: number | null;
};

export type PlannedMatter = {
  matterId: string;
  recordId: string;
  channel: 'creditchina' | 'gsxt';
  appeal: boolean;
};

export type Verdict = 'agree' | 'refuse' | 'incomplete';
export type Ending = { matterId: string; outcome: 'repaired' | 'refused' };

/** What somebody did at a workstation, at a minute of its clock. */
export type Deed = { applicationId: string; at: number } & (
  | { kind: 'file'; unitPath: string; merchantId: string; matters: readonly PlannedMatter[] }
  | { kind: 'accept'; asks: readonly { department: string; matterIds: readonly string[] }[] }
  | { kind: 'return' }
  | { kind: 'complete' }
  | { kind: 'opinion'; department: string; attempt: number; verdicts: readonly [string, Verdict][] }
  | { kind: 'submit' }
  | { kind: 'conclude'; endings: readonly Ending[] }
  | { kind: 'withdraw' }
  | { kind: 'object'; objectionId: string }
  | { kind: 'answer'; objectionId: string }
);

type Ask = {
  department: string;
  matterIds: readonly string[];
  since: number;
  verdicts: readonly [string, Verdict][] | null;
  answered: number;
};
type Application = {
  unitPath: string;
  merchantId: string;
  matters: readonly PlannedMatter[];
  status: 'filed' | 'returned' | 'accepted' | 'submitted' | 'over';
  filedAt: number;
  replySince: number;
  asks: Ask[];
  /** After acceptance only. */
  pauses: { from: number; to: number | null }[];
  beforeReturn: 'filed' | 'accepted';
  endings: Map<string, Ending['outcome'] | 'expired'>;
  objections: Map<string, { at: number; answered: boolean }>;
};

export type DepartmentCount = { opinions: number; inTime: number; days: number };

/**
 * The simulation's own count: what was done, in the order in which the centre was handed it. What cannot be any more by then, because
 * somebody else was there first or publication was over, counts nothing.
 */
export type Truth = {
  /** A record was entered. */
  record(record: PlannedRecord): void;
  arrive(deed: Deed): boolean;
  /** The centre looks for what has come to its maximum, on a day. */
  expire(day: number): void;
  /** Of one unit itself, by the name that the roll-up gives to the same. */
  of(unitPath: string): ReadonlyMap<string, number>;
  departments: ReadonlyMap<string, DepartmentCount>;
  merchants: ReadonlySet<string>;
  /** Office minutes of every reply. */
  replies: readonly number[];
  refused: number;
};

export function createTruth(): Truth {
  const records = new Map<string, PlannedRecord & { ended: boolean; openIn: string | null }>();
  const applications = new Map<string, Application>();
  const figures = new Map<string, Map<string, number>>();
  const departments = new Map<string, DepartmentCount>();
  const merchants = new Set<string>();
  const replies: number[] = [];
  let refused = 0;

  const add = (unitPath: string, name: string, value = 1): void => {
    let own = figures.get(unitPath);
    if (own === undefined) figures.set(unitPath, (own = new Map<string, number>()));
    own.set(name, (own.get(name) ?? 0) + value);
  };
  const endRecord = (id: string, name: string): void => {
    const record = records.get(id);
    if (record === undefined || record.ended) return;
    record.ended = true;
    add(record.unitPath, name);
  };
  const release = ({ matters, endings }: Application): void => {
    for (const { matterId, recordId } of matters) {
      const record = records.get(recordId);
      if (record !== undefined && endings.get(matterId) !== 'repaired') record.openIn = null;
    }
  };

  function file(deed: Extract<Deed, { kind: 'file' }>): boolean {
    const { applicationId, at, unitPath, merchantId, matters } = deed;
    const free = matters.every(({ recordId }) => {
      const record = records.get(recordId);
      return record !== undefined && !record.ended && record.openIn === null;
    });
    if (!free || applications.has(applicationId)) return false;
    for (const { recordId } of matters) {
      const record = records.get(recordId);
      if (record !== undefined) record.openIn = applicationId;
    }
    applications.set(applicationId, {
      unitPath,
      merchantId,
      matters,
      status: 'filed',
      filedAt: at,
      replySince: at,
      asks: [],
      pauses: [],
      beforeReturn: 'filed',
      endings: new Map(),
      objections: new Map(),
    });
    merchants.add(merchantId);
    add(unitPath, 'restorations-filed');
    return true;
  }

  function accept(one: Application, { at, asks }: Extract<Deed, { kind: 'accept' }>): boolean {
    if (one.status !== 'filed') return false;
    one.status = 'accepted';
    one.asks = asks.map((ask) => ({ ...ask, since: at, verdicts: null, answered: 0 }));
    const minutes = minutesBetween(one.replySince, at);
    replies.push(minutes);
    add(one.unitPath, 'restorations-accepted');
    if (at <= afterMinutes(one.replySince, REPLY_MINUTES)) add(one.unitPath, 'restorations-accepted-in-time');
    add(one.unitPath, 'restoration-reply-minutes', minutes);
    return true;
  }

  function opinion(one: Application, deed: Extract<Deed, { kind: 'opinion' }>): boolean {
    const { at, department, attempt, verdicts } = deed;
    const ask = one.asks.find((asked) => asked.department === department);
    if (ask === undefined || (one.status !== 'accepted' && one.status !== 'returned')) return false;
    if (ask.verdicts !== null || attempt !== ask.answered) return false;
    const slow = one.matters.some(
      ({ matterId, channel }) => channel === 'gsxt' && ask.matterIds.includes(matterId),
    );
    const due = closeOfDays(ask.since, OPINION_DAYS[slow ? 'gsxt' : 'creditchina'], one.pauses);
    const days = workedBetween(dayAt(ask.since), dayAt(at));
    const inTime = due === null || at <= due;
    ask.verdicts = verdicts;
    const count = departments.get(department) ?? { opinions: 0, inTime: 0, days: 0 };
    departments.set(department, {
      opinions: count.opinions + 1,
      inTime: count.inTime + (inTime ? 1 : 0),
      days: count.days + days,
    });
    add(one.unitPath, 'restoration-opinions');
    if (inTime) add(one.unitPath, 'restoration-opinions-in-time');
    add(one.unitPath, 'restoration-opinion-days', days);
    return true;
  }

  function complete(one: Application, { at }: Deed): boolean {
    if (one.status !== 'returned') return false;
    one.status = one.beforeReturn;
    if (one.beforeReturn === 'filed') one.replySince = at;
    const pause = one.pauses.at(-1);
    if (one.beforeReturn === 'accepted' && pause !== undefined) pause.to = at;
    for (const ask of one.asks) {
      if (ask.verdicts?.some(([, verdict]) => verdict === 'incomplete') !== true) continue;
      ask.verdicts = null;
      ask.answered += 1;
      ask.since = at;
    }
    return true;
  }

  const isAnswered = ({ asks }: Application): boolean =>
    asks.length > 0 &&
    asks.every(
      ({ verdicts }) => verdicts !== null && !verdicts.some(([, verdict]) => verdict === 'incomplete'),
    );
  const agreed = ({ asks, matters }: Application): string[] =>
    matters
      .map(({ matterId }) => matterId)
      .filter((id) =>
        asks.every(
          ({ matterIds, verdicts }) =>
            !matterIds.includes(id) ||
            verdicts?.some(([matter, verdict]) => matter === id && verdict === 'agree') === true,
        ),
      );

  function conclude(one: Application, { at, endings }: Extract<Deed, { kind: 'conclude' }>): boolean {
    const may =
      one.status === 'submitted' ||
      (one.status === 'accepted' && isAnswered(one) && agreed(one).length === 0);
    if (!may || endings.some(({ matterId }) => one.endings.has(matterId))) return false;
    for (const { matterId, outcome } of endings) {
      one.endings.set(matterId, outcome);
      const matter = one.matters.find((each) => each.matterId === matterId);
      add(
        one.unitPath,
        outcome === 'repaired' ? 'restoration-matters-repaired' : 'restoration-matters-refused',
      );
      if (matter !== undefined && outcome === 'repaired')
        endRecord(matter.recordId, matter.appeal ? 'sanctions-ended-otherwise' : 'sanctions-repaired');
    }
    release(one);
    if (one.endings.size < one.matters.length) return true;
    one.status = 'over';
    add(one.unitPath, 'restorations-concluded');
    add(one.unitPath, 'restoration-days', workedBetween(dayAt(one.filedAt), dayAt(at)));
    return true;
  }

  function returned(one: Application, { at }: Deed): boolean {
    if (one.status !== 'filed' && one.status !== 'accepted') return false;
    one.beforeReturn = one.status;
    if (one.status === 'accepted') one.pauses.push({ from: at, to: null });
    one.status = 'returned';
    add(one.unitPath, 'restorations-returned');
    return true;
  }

  function withdraw(one: Application): boolean {
    if (one.status === 'over') return false;
    one.status = 'over';
    release(one);
    add(one.unitPath, 'restorations-withdrawn');
    return true;
  }

  function object(one: Application, { at, objectionId }: Extract<Deed, { kind: 'object' }>): boolean {
    if ([...one.objections.values()].some(({ answered }) => !answered)) return false;
    one.objections.set(objectionId, { at, answered: false });
    add(one.unitPath, 'restoration-objections');
    return true;
  }

  function answer(one: Application, { at, objectionId }: Extract<Deed, { kind: 'answer' }>): boolean {
    const objection = one.objections.get(objectionId);
    if (objection === undefined || objection.answered) return false;
    objection.answered = true;
    const due = closeOfDays(objection.at, OBJECTION_DAYS, []);
    if (due === null || at <= due) add(one.unitPath, 'restoration-objections-in-time');
    return true;
  }

  function judge(deed: Deed): boolean {
    if (deed.kind === 'file') return file(deed);
    const one = applications.get(deed.applicationId);
    if (one === undefined) return false;
    switch (deed.kind) {
      case 'accept':
        return accept(one, deed);
      case 'return':
        return returned(one, deed);
      case 'complete':
        return complete(one, deed);
      case 'opinion':
        return opinion(one, deed);
      case 'submit':
        if (one.status !== 'accepted' || !isAnswered(one) || agreed(one).length === 0) return false;
        one.status = 'submitted';
        return true;
      case 'conclude':
        return conclude(one, deed);
      case 'withdraw':
        return withdraw(one);
      case 'object':
        return object(one, deed);
      case 'answer':
        return answer(one, deed);
    }
  }

  return {
    record: (record) => {
      records.set(record.id, { ...record, ended: false, openIn: null });
      add(record.unitPath, 'sanctions-recorded');
    },
    arrive: (deed) => {
      const taken = judge(deed);
      if (!taken) refused += 1;
      return taken;
    },
    expire: (day) => {
      for (const record of records.values()) {
        if (record.ended || record.lastDay === null || record.lastDay >= day) continue;
        const one = record.openIn === null ? undefined : applications.get(record.openIn);
        const matter = one?.matters.find(({ recordId }) => recordId === record.id);
        const pending =
          one !== undefined &&
          matter !== undefined &&
          one.status !== 'over' &&
          !one.endings.has(matter.matterId);
        if (pending && matter.appeal) continue;
        endRecord(record.id, 'sanctions-ended-otherwise');
        if (!pending) continue;
        one.endings.set(matter.matterId, 'expired');
        add(one.unitPath, 'restoration-matters-expired');
        if (one.endings.size < one.matters.length) continue;
        one.status = 'over';
        add(one.unitPath, 'restorations-expired');
      }
    },
    of: (unitPath) => figures.get(unitPath) ?? new Map<string, number>(),
    departments,
    merchants,
    replies,
    get refused() {
      return refused;
    },
  };
}
