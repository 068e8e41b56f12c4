import { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import { DayText, Id, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);
const Count = z.int().min(0).max(1_000_000);

/**
 * Facts of one list of merchants with repeated disputes, on the way that Ningbo's governance at the source takes: figures are looked at,
 * a list goes to a unit below, its people act, and what came of it is evaluated.
 */
export const attentionSchemas = {
  'attention-pushed@1': z
    .object({
      /** The unit whose people are to act. */
      ownerPath: UnitPath,
      /** Days the disputes were counted in. */
      from: DayText,
      to: DayText,
      /** From how many disputes on a merchant was taken. */
      least: Count,
      merchants: z
        .array(z.object({ merchantId: Id, name: Line(160), count: Count }))
        .min(1)
        .max(200),
      dueOn: DayText,
      text: Line(1000),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'period-reversed' }),
  /** Somebody of the unit takes it on: they are its owner from now on. */
  'attention-taken@1': z.object({}),
  'attention-acted@1': z.object({ actionId: Id, merchantId: Id, on: DayText, text: Line(1000) }),
  'attention-evaluated@1': z.object({
    verdict: z.enum(['improved', 'unchanged', 'worse']),
    /** Disputes since the list went out, by merchant. */
    after: z.array(z.object({ merchantId: Id, count: Count })).max(200),
    text: Line(1000),
  }),
};
type Payload<Key extends keyof typeof attentionSchemas> = z.infer<(typeof attentionSchemas)[Key]>;

type Hand = { staffId: string; name: string; at: string };

export const ATTENTION_STATUSES = ['pushed', 'taken', 'evaluated'] as const;
export type AttentionStatus = (typeof ATTENTION_STATUSES)[number];

export type AttentionState = Payload<'attention-pushed@1'> & {
  id: string;
  status: AttentionStatus;
  pushed: Hand & { unitPath: string };
  owner: Hand | null;
  actions: (Payload<'attention-acted@1'> & { by: Hand })[];
  evaluated: (Payload<'attention-evaluated@1'> & { by: Hand }) | null;
  revision: number;
};

type Read = Exclude<
  ParsedPayload<typeof attentionSchemas>,
  { key: 'unknown' | 'invalid' | 'attention-pushed@1' }
>;

const handOf = ({ actor: { staffId, name }, at }: Fact): Hand => ({ staffId, name, at });

/** Applies one fact to such a list. People of the unit act; those above, who sent it, evaluate. */
export function applyAttention(state: AttentionState | undefined, fact: Fact): Ruling<AttentionState> {
  const read = readPayload(attentionSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  if (!may(role, 'inspection.handle')) return illegal('role-may-not', undefined, { role });
  if (read.key === 'attention-pushed@1') {
    if (state) return illegal('attention-exists');
    const { ownerPath, dueOn, merchants } = read.payload;
    // Down the hierarchy, and not to oneself: who acts does not evaluate.
    if (!covers(unitPath, ownerPath) || unitPath === ownerPath)
      return illegal('attention-not-below', 'ownerPath');
    if (dueOn < businessDay(fact.at)) return illegal('attention-due-past', 'dueOn');
    const ids = merchants.map(({ merchantId }) => merchantId);
    if (new Set(ids).size !== ids.length) return illegal('attention-twice', 'merchants');
    return legal({
      ...read.payload,
      id: fact.stream.id,
      status: 'pushed',
      pushed: { ...handOf(fact), unitPath },
      owner: null,
      actions: [],
      evaluated: null,
      revision: 1,
    });
  }
  if (!state) return illegal('attention-missing');
  return step({ ...state, revision: state.revision + 1 }, read, fact);
}

function step(next: AttentionState, read: Read, fact: Fact): Ruling<AttentionState> {
  const by = handOf(fact);
  const { unitPath } = fact.actor;
  if (next.status === 'evaluated') return illegal('attention-closed');
  switch (read.key) {
    case 'attention-taken@1':
      return unitPath === next.ownerPath
        ? legal({ ...next, status: 'taken', owner: by })
        : illegal('attention-not-owner');
    case 'attention-acted@1': {
      if (unitPath !== next.ownerPath) return illegal('attention-not-owner');
      if (next.owner === null) return illegal('attention-not-taken');
      const { actionId, merchantId, on } = read.payload;
      if (!next.merchants.some((one) => one.merchantId === merchantId))
        return illegal('attention-not-on', 'merchantId');
      if (next.actions.some((one) => one.actionId === actionId)) return illegal('attention-action-exists');
      if (on > businessDay(fact.at)) return illegal('date-in-future', 'on');
      return legal({ ...next, actions: [...next.actions, { ...read.payload, by }] });
    }
    case 'attention-evaluated@1': {
      if (!covers(unitPath, next.ownerPath) || unitPath === next.ownerPath)
        return illegal('attention-not-sender');
      const open = withoutAction(next);
      if (open.length > 0)
        return illegal('attention-not-acted', undefined, { names: open.map(({ name }) => name).join(', ') });
      return legal({ ...next, status: 'evaluated', evaluated: { ...read.payload, by } });
    }
  }
}

/** Merchants of the list for whom nothing was done yet. */
export function withoutAction({
  merchants,
  actions,
}: Pick<AttentionState, 'merchants' | 'actions'>): AttentionState['merchants'] {
  const acted = new Set(actions.map(({ merchantId }) => merchantId));
  return merchants.filter(({ merchantId }) => !acted.has(merchantId));
}

/** Known in the unit that acts and in all above it. */
export function attentionSight({ ownerPath }: Pick<AttentionState, 'ownerPath'>): string[] {
  return ancestorsAndSelf(ownerPath);
}
