import { sql } from 'kysely';
import type { CreditDetail, CreditFact, SeenFact } from '../../contract/workstation/credit.ts';
import {
  type CreditState,
  decisionEnds,
  DEFAULT_POLICY_VERSION,
  filingEnds,
  isDisputed,
  overrideOn,
  pendingBecause,
  policyOfVersion,
} from '../../domain/credit/index.ts';
import { type Capability, covers, may } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { entriesOver, lapsedSince, standingOf } from '../../domain/sanction/index.ts';
import { isStreamKind, storedState, streamOf } from '../../domain/streams.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { gradeNotice } from './notice.ts';
import { policyAtHand, sendPolicy } from './policy.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { sanctionsOf } from '../sanction/index.ts';
import { listCredits } from './list.ts';

type Row = { factId: string; kind: string; id: string; type: string; at: string; state: string | null };

/** What it takes to read the records behind a grade; whoever reads the grade reads the others. */
const READS: Readonly<Record<string, Capability>> = { case: 'case.read', return: 'return.read' };

/** The facts behind the reasons, and those that changed, as far as this workstation sees their records and the person may read them. */
async function seenFacts(
  { workstation: { store }, staff }: StaffContext,
  state: CreditState | undefined,
): Promise<SeenFact[]> {
  const { reasons = [], changed } = state?.grade ?? {};
  const ids = [
    ...reasons.flatMap(({ facts }) => facts),
    ...(changed?.facts ?? []).map(({ factId }) => factId),
  ];
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT event.id AS "factId", event.stream_kind AS kind, event.stream_id AS id, event.type, event.at, stream.state
    FROM json_each(${JSON.stringify(ids)}) AS wanted
    CROSS JOIN event ON event.id = wanted.value
    JOIN stream ON stream.kind = event.stream_kind AND stream.id = event.stream_id
    ORDER BY event.at DESC, event.id`.execute(store.read);
  const readable = rows.filter(({ kind }) => {
    const needed = READS[kind];
    return needed === undefined || may(staff.role, needed);
  });
  return readable.flatMap(({ factId, kind, id, type, at, state: stored }) => {
    const current = stored === null || !isStreamKind(kind) ? undefined : storedState(kind, stored);
    return current === undefined
      ? []
      : [{ factId, kind: current.kind, id, title: streamOf(current.kind).title(current.state), type, at }];
  });
}

async function creditDetail(context: StaffContext, id: string): Promise<CreditDetail> {
  const { workstation, staff } = context;
  const { read } = workstation.store;
  const [merchant, state, sanctions] = await Promise.all([
    loadState(read, 'merchant', id),
    loadState(read, 'credit', id),
    sanctionsOf(read, id),
  ]);
  const unitPath = merchant?.unitPath ?? state?.unitPath;
  if (unitPath === undefined) throw serviceError('NOT_FOUND');
  const { directory } = workstation;
  const policies = await loadState(read, 'credit-policy', topOf(unitPath));
  const open = state?.objections.find(({ decided }) => decided === null);
  const here = covers(staff.unitPath, unitPath);
  const regulator = directory.partyOf(staff.unitPath) === 'regulator';
  return {
    merchantId: id,
    unitPath,
    state: state ?? null,
    disputed: state !== undefined && isDisputed(state),
    pending: state === undefined ? null : pendingBecause(state),
    override: state === undefined ? null : overrideOn(state, todayOf(workstation)),
    listings: standingOf(state, sanctions, todayOf(workstation)).listings,
    over: entriesOver(sanctions, todayOf(workstation)),
    lapsed: state?.grade ? lapsedSince(sanctions, state.grade.at, state) : [],
    policy: policyOfVersion(policies, state?.grade?.policyVersion ?? DEFAULT_POLICY_VERSION) ?? null,
    facts: await seenFacts(context, state),
    unitNames: Object.fromEntries(
      (state?.grade?.changed?.facts ?? []).map(({ by }) => [by.unitPath, directory.nameOf(by.unitPath)]),
    ),
    filing: state?.grade ? filingEnds(state.grade, unitPath, directory.rules()) : null,
    deciding: open && state?.grade ? decisionEnds(state.grade, open, unitPath, directory.rules()) : null,
    can: {
      answer: here && may(staff.role, 'credit.answer'),
      record: here && may(staff.role, 'credit.record'),
      decide: here && regulator && may(staff.role, 'credit.decide'),
    },
  };
}

type Recording = { id: string; revision: number; eventId: string; fact: CreditFact };

/** What is recorded bears the form's id as its own, so that a reason leads to the fact. */
function payloadOf({ eventId, fact: { type, payload } }: Recording): unknown {
  switch (type) {
    case 'award-recorded':
    case 'price-patrol-recorded':
    case 'penalty-recorded':
    case 'listing-recorded':
      return { ...payload, entryId: eventId };
    case 'objection-made':
      return { ...payload, objectionId: eventId };
    case 'override-proposed':
      return { ...payload, overrideId: eventId };
    default:
      return payload;
  }
}

const recordFact = command({
  context: noContext,
  decide: (recording: Recording) => ({
    facts: [
      {
        id: recording.eventId,
        stream: { kind: 'credit' as const, id: recording.id },
        type: recording.fact.type,
        version: 1,
        payload: payloadOf(recording),
        ...(recording.revision === 0 ? {} : { expectedRevision: recording.revision }),
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, recording) =>
      requireSame([stream.id, type, payload], [recording.id, recording.fact.type, payloadOf(recording)]),
  },
});

export const credits = {
  figures: os.credits.figures.handler(({ context, input }) => {
    const link = context.workstation.link();
    if (link === null) throw serviceError('NOT_ENROLLED');
    return link.call((client) => client.grades(input));
  }),
  list: os.credits.list.handler(({ context, input }) => listCredits(context, input)),
  get: os.credits.get.handler(({ context, input }) => creditDetail(context, input.id)),
  notice: os.credits.notice.handler(({ context, input }) => gradeNotice(context, input.id)),
  policy: os.credits.policy.handler(({ context }) => policyAtHand(context)),
  sendPolicy: os.credits.sendPolicy.handler(({ context, input }) => sendPolicy(context, input)),
  record: os.credits.record.handler(async ({ context, input }) => {
    // First, so that nothing is recorded about somebody who is not known here.
    await creditDetail(context, input.id);
    await recordFact(context, input);
    return creditDetail(context, input.id);
  }),
};
