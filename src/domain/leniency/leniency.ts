import { derivedId } from '../credit/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { type Answers, type LeniencyPayload, leniencySchemas } from './events.ts';
import { type Conditions, conditionsOf, type Earlier, refusalOfVerdict } from './rule.ts';
import { leniencyOn } from './settings.ts';

type Hand = { staffId: string; name: string; unitPath: string; at: string };

export type LeniencyDecision = Omit<
  LeniencyPayload<'leniency-decided@1'>,
  'merchantId' | 'merchantName' | 'merchantPath' | 'item'
> & {
  decided: Hand;
  /** The conditions as they were then. */
  conditions: Conditions;
  educated: (Omit<LeniencyPayload<'leniency-educated@1'>, 'decisionId'> & { by: Hand }) | null;
  withdrawn: (Omit<LeniencyPayload<'leniency-withdrawn@1'>, 'decisionId'> & { by: Hand }) | null;
};

/** What was decided by leniency of one merchant and one kind of violation. */
export type LeniencyState = {
  id: string;
  merchantId: string;
  merchantName: string;
  /** The merchant's path when the last decision was made. */
  unitPath: string;
  item: string;
  decisions: LeniencyDecision[];
  revision: number;
};

/**
 * The id of what is decided of a merchant and a kind of violation: two desks that decide the same, each without the other, write one
 * record, and whichever comes second is refused by the first.
 */
export function leniencyIdOf(merchantId: string, item: string): string {
  return derivedId('l', JSON.stringify(['leniency', merchantId, item]));
}

const handOf = ({ actor: { staffId, name, unitPath }, at }: Fact): Hand => ({ staffId, name, unitPath, at });

/** The other violations of this kind that a decision is judged by: penalties that were looked at, and what was decided here before. */
export function othersOf(
  state: Pick<LeniencyState, 'decisions'> | undefined,
  { lookedAt }: Pick<Answers, 'lookedAt'>,
): Earlier[] {
  return [
    ...lookedAt.filter(({ sameKind }) => sameKind).map(({ kind, id, on }) => ({ kind, id, on })),
    ...(state?.decisions ?? [])
      .filter(({ withdrawn }) => withdrawn === null)
      .map(({ decisionId, violatedOn }) => ({ kind: 'leniency' as const, id: decisionId, on: violatedOn })),
  ];
}

/** Applies one fact: a decision whose verdict follows from its answers and what was decided before, education, or that it is taken back. */
export function applyLeniency(state: LeniencyState | undefined, fact: Fact): Ruling<LeniencyState> {
  const read = readPayload(leniencySchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  const needed = read.key === 'leniency-educated@1' ? 'inspection.handle' : 'inspection.decide';
  if (!may(role, needed)) return illegal('role-may-not', undefined, { role });
  const path = read.key === 'leniency-decided@1' ? read.payload.merchantPath : state?.unitPath;
  if (path === undefined) return illegal('leniency-missing');
  if (!covers(unitPath, path)) return illegal('outside-scope', 'merchantPath');
  if (read.key === 'leniency-decided@1') return decide(state, read.payload, fact);
  if (!state) return illegal('leniency-missing');
  const place = state.decisions.findIndex(({ decisionId }) => decisionId === read.payload.decisionId);
  const decision = state.decisions[place];
  if (!decision) return illegal('leniency-decision-unknown', 'decisionId');
  if (decision.withdrawn !== null) return illegal('leniency-withdrawn', 'decisionId');
  const by = handOf(fact);
  const put = (next: LeniencyDecision): Ruling<LeniencyState> =>
    legal({ ...state, decisions: state.decisions.with(place, next), revision: state.revision + 1 });
  if (read.key === 'leniency-withdrawn@1')
    return put({ ...decision, withdrawn: { reason: read.payload.reason, by } });
  const { on, text } = read.payload;
  if (decision.verdict === 'refused') return illegal('leniency-refused', 'decisionId');
  if (decision.educated !== null) return illegal('leniency-educated-already', 'decisionId');
  if (on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  if (on < decision.violatedOn)
    return illegal('leniency-educated-before', 'on', { day: decision.violatedOn });
  return put({ ...decision, educated: { on, text, by } });
}

function refusalOfDays({ violatedOn, correctBy, correctedOn }: Answers, day: string): Refusal | null {
  if (violatedOn > day) return { rule: 'date-in-future', field: 'violatedOn' };
  if (correctBy < violatedOn)
    return { rule: 'leniency-corrected-before', field: 'correctBy', parameters: { day: violatedOn } };
  if (correctedOn === null) return null;
  if (correctedOn > day) return { rule: 'date-in-future', field: 'correctedOn' };
  return correctedOn < violatedOn
    ? { rule: 'leniency-corrected-before', field: 'correctedOn', parameters: { day: violatedOn } }
    : null;
}

function decide(
  state: LeniencyState | undefined,
  payload: LeniencyPayload<'leniency-decided@1'>,
  fact: Fact,
): Ruling<LeniencyState> {
  const { merchantId, merchantName, merchantPath, item, ...decision } = payload;
  if (fact.stream.id !== leniencyIdOf(merchantId, item)) return illegal('leniency-id', 'item');
  const day = businessDay(fact.at);
  const settings = leniencyOn(day);
  if (!settings.items.some(({ code }) => code === item)) return illegal('leniency-item-unknown', 'item');
  const refusal = refusalOfDays(payload, day);
  if (refusal !== null) return { kind: 'illegal', refusal };
  const before = state?.decisions ?? [];
  if (before.some(({ decisionId }) => decisionId === decision.decisionId))
    return illegal('leniency-exists', 'decisionId');
  const ids = decision.lookedAt.map(({ id }) => id);
  const twice = ids.findIndex((id, place) => ids.indexOf(id) < place);
  if (twice >= 0) return illegal('leniency-record-twice', `lookedAt.${twice}`);
  const conditions = conditionsOf(payload, othersOf(state, payload), settings);
  const other = refusalOfVerdict(payload.verdict, conditions);
  if (other !== null) return { kind: 'illegal', refusal: other };
  const refused = payload.verdict === 'refused';
  if (!refused && payload.number === null) return illegal('leniency-number-missing', 'number');
  return legal({
    id: fact.stream.id,
    merchantId,
    merchantName,
    unitPath: merchantPath,
    item,
    decisions: [
      ...before,
      { ...decision, conditions, decided: handOf(fact), educated: null, withdrawn: null },
    ],
    revision: (state?.revision ?? 0) + 1,
  });
}

/** Known where the merchant trades and at all units above. */
export function leniencySight({ unitPath }: Pick<LeniencyState, 'unitPath'>): string[] {
  return ancestorsAndSelf(unitPath);
}
