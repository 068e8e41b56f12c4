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
  | {
      kind: 'file';
      unitPath: string;
      windowPath: string;
      merchantId: string;
      matters: readonly PlannedMatter[];
    }
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
  /** The department that the window is of. */
  office: string;
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
  /** Of departments with their windows, by the names that the figures give to the same. */
  ofOffice(path: string): ReadonlyMap<string, number>;
  /** Of which an application was accepted. */
  merchants: ReadonlySet<string>;
  /** Office minutes of every reply: that it is accepted, or what is missing. */
  replies: readonly number[];
  refused: number;
};

export function createTruth(): Truth {
  const records = new Map<string, PlannedRecord & { ended: boolean; openIn: string | null }>();
  const applications = new Map<string, Application>();
  const figures = new Map<string, Map<string, number>>();
  const offices = new Map<string, Map<string, number>>();
  const merchants = new Set<string>();
  const replies: number[] = [];
  let refused = 0;

  const addTo = (all: Map<string, Map<string, number>>, path: string, name: string, value: number): void => {
    let own = all.get(path);
    if (own === undefined) all.set(path, (own = new Map<string, number>()));
    own.set(name, (own.get(name) ?? 0) + value);
  };
  const add = (unitPath: string, name: string, value = 1): void => addTo(figures, unitPath, name, value);
  const addAt = (office: string, name: string, value = 1): void => addTo(offices, office, name, value);
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
    const { applicationId, at, unitPath, windowPath, merchantId, matters } = deed;
    const office = windowPath.slice(0, windowPath.lastIndexOf('/'));
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
      office,
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
    add(unitPath, 'restorations-filed');
    addAt(office, 'filed');
    return true;
  }

  /** The window has said that it takes it on, or what is missing. */
  function reply(one: Application, at: number): number {
    const minutes = minutesBetween(one.replySince, at);
    replies.push(minutes);
    add(one.unitPath, 'restoration-replies');
    addAt(one.office, 'replies');
    if (at > afterMinutes(one.replySince, REPLY_MINUTES)) return minutes;
    add(one.unitPath, 'restoration-replies-in-time');
    addAt(one.office, 'repliesInTime');
    return minutes;
  }

  const asked = (one: Application, department: string): void => {
    add(one.unitPath, 'restoration-asks');
    addAt(department, 'asks');
  };

  function accept(one: Application, { at, asks }: Extract<Deed, { kind: 'accept' }>): boolean {
    if (one.status !== 'filed') return false;
    one.status = 'accepted';
    one.asks = asks.map((ask) => ({ ...ask, since: at, verdicts: null, answered: 0 }));
    for (const { department } of asks) asked(one, department);
    const minutes = reply(one, at);
    merchants.add(one.merchantId);
    add(one.unitPath, 'restorations-accepted');
    addAt(one.office, 'accepted');
    if (at <= afterMinutes(one.replySince, REPLY_MINUTES)) add(one.unitPath, 'restorations-accepted-in-time');
    add(one.unitPath, 'restoration-reply-minutes', minutes);
    return true;
  }

  function opinion(one: Application, deed: Extract<Deed, { kind: 'opinion' }>): boolean {
    const { at, department, attempt, verdicts } = deed;
    const ask = one.asks.find((each) => each.department === department);
    if (ask === undefined || (one.status !== 'accepted' && one.status !== 'returned')) return false;
    if (ask.verdicts !== null || attempt !== ask.answered) return false;
    const slow = one.matters.some(
      ({ matterId, channel }) => channel === 'gsxt' && ask.matterIds.includes(matterId),
    );
    const due = closeOfDays(ask.since, OPINION_DAYS[slow ? 'gsxt' : 'creditchina'], one.pauses);
    const days = workedBetween(dayAt(ask.since), dayAt(at));
    const inTime = due === null || at <= due;
    ask.verdicts = verdicts;
    const said = new Set(verdicts.map(([, verdict]) => verdict));
    const both = (metric: string, name: string, value: number): void => {
      add(one.unitPath, metric, value);
      addAt(department, name, value);
    };
    both('restoration-opinions', 'opinions', 1);
    both('restoration-opinions-in-time', 'opinionsInTime', inTime ? 1 : 0);
    both('restoration-opinion-days', 'opinionDays', days);
    if (said.has('incomplete')) both('restoration-opinions-incomplete', 'opinionsIncomplete', 1);
    else if (said.has('refuse')) both('restoration-opinions-refused', 'opinionsRefused', 1);
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
      asked(one, ask.department);
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
      addAt(one.office, outcome === 'repaired' ? 'mattersRepaired' : 'mattersRefused');
      if (matter !== undefined && outcome === 'repaired')
        endRecord(matter.recordId, matter.appeal ? 'sanctions-ended-otherwise' : 'sanctions-repaired');
    }
    release(one);
    if (one.endings.size < one.matters.length) return true;
    one.status = 'over';
    const days = workedBetween(dayAt(one.filedAt), dayAt(at));
    add(one.unitPath, 'restorations-concluded');
    add(one.unitPath, 'restoration-days', days);
    addAt(one.office, 'concluded');
    addAt(one.office, 'days', days);
    return true;
  }

  function returned(one: Application, { at }: Deed): boolean {
    if (one.status !== 'filed' && one.status !== 'accepted') return false;
    one.beforeReturn = one.status;
    if (one.status === 'filed') reply(one, at);
    if (one.status === 'accepted') one.pauses.push({ from: at, to: null });
    one.status = 'returned';
    add(one.unitPath, 'restorations-returned');
    addAt(one.office, 'returned');
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
    ofOffice: (path) => offices.get(path) ?? new Map<string, number>(),
    merchants,
    replies,
    get refused() {
      return refused;
    },
  };
}
