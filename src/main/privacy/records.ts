import { sql } from 'kysely';
import type {
  PrivacyCandidate,
  PrivacyCorrection,
  PrivacyRecordView,
} from '../../contract/workstation/privacy.ts';
import { type Change, changesOf } from '../../domain/case/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { barOfCase, barOfReturn, type PrivacyRecord, type PrivacyState } from '../../domain/privacy/index.ts';
import type { StateOf } from '../../domain/streams.ts';
import type { StaffContext, WorkstationParts } from '../kernel/parts.ts';
import { readPage } from '../kernel/page.ts';
import { loadStates, type Reader, type Writer } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { timelineOf } from '../kernel/timeline.ts';
import { erasedAt } from './erased.ts';

/** A record with its state, as far as it is here. */
export type HeldRecord =
  | { kind: 'case'; id: string; state: StateOf['case'] }
  | { kind: 'return'; id: string; state: StateOf['return'] };

type RecordKey = Pick<PrivacyRecord, 'kind' | 'id'>;

/** These records in their order, without those that are not here. */
export async function heldRecords(
  from: Reader | Writer,
  keys: readonly RecordKey[],
): Promise<Map<string, HeldRecord>> {
  const states = await loadStates(from, keys);
  const held = new Map<string, HeldRecord>();
  for (const key of keys) {
    const found = states.get(keyOf(key));
    if (found?.kind === 'case' || found?.kind === 'return') held.set(keyOf(key), { ...found, id: key.id });
  }
  return held;
}

/** What tells whether a record is the requester's. */
export function candidateOf({ directory }: WorkstationParts, held: HeldRecord): PrivacyCandidate {
  const { kind, id, state } = held;
  const merchantName = held.kind === 'case' ? held.state.merchant.name : held.state.merchantName;
  const at = held.kind === 'case' ? held.state.registeredAt : held.state.requestedAt;
  const unitPath = held.kind === 'case' ? held.state.handlingPath : held.state.unitPath;
  const { name, phone } = state.consumer;
  return {
    kind,
    id,
    number: state.number,
    consumer: { name, phone },
    merchantName,
    on: businessDay(at),
    unitName: directory.nameOf(unitPath),
  };
}

const FOUND = 20;

/** Records of this workstation by a name, a telephone or a number, cases before returns. */
export async function findCandidates(
  { workstation }: StaffContext,
  search: string,
): Promise<PrivacyCandidate[]> {
  if (search === '') return [];
  const { read } = workstation.store;
  const shared = { conditions: [], search, limit: FOUND, cursor: undefined };
  const direction = 'descending' as const;
  type Found = { row: number; id: string; registered_at: string; requested_at: string };
  const cases = await readPage<Found>(read, {
    ...shared,
    list: 'case',
    order: { column: 'registered_at', direction },
  });
  const returns = await readPage<Found>(read, {
    ...shared,
    list: 'return',
    order: { column: 'requested_at', direction },
  });
  const keys = [
    ...cases.rows.map(({ id }): RecordKey => ({ kind: 'case', id })),
    ...returns.rows.map(({ id }): RecordKey => ({ kind: 'return', id })),
  ];
  return [...(await heldRecords(read, keys)).values()].map((one) => candidateOf(workstation, one));
}

type Correction = Omit<PrivacyCorrection, 'changes'> & { changes: Change[] };

/** Corrections of a case with what they replaced, since that instant; an older release's, which say nothing of it, are left out. */
export async function correctionsOf(
  workstation: WorkstationParts,
  caseId: string,
  since: string,
): Promise<Correction[]> {
  const events = (await timelineOf(workstation, 'case', caseId)).map((one) => ({
    ...one,
    counts: one.status === 'accepted' || one.status === 'pending',
  }));
  const changes = changesOf(events);
  return events.flatMap(({ eventId, at, actorName, payload, counts }) => {
    const changed = changes.get(eventId);
    if (changed === undefined || !counts || Date.parse(at) < Date.parse(since)) return [];
    const reason =
      typeof payload === 'object' && payload !== null && 'reason' in payload ? payload.reason : '';
    return [{ eventId, at, byName: actorName, reason: String(reason), changes: changed }];
  });
}

/** Whether such a correction was made in that case since then. */
export async function isCorrection(
  from: Reader | Writer,
  caseId: string,
  eventId: string,
  since: string,
): Promise<boolean> {
  const { rows } = await sql<{ at: string }>`
    SELECT at FROM event WHERE id = ${eventId} AND stream_kind = 'case' AND stream_id = ${caseId}
      AND type = 'case-corrected' AND status IN ('accepted', 'pending')`.execute(from);
  const [found] = rows;
  return found !== undefined && Date.parse(found.at) >= Date.parse(since);
}

/** Each record of a request as its page shows it. */
export async function recordViews(
  { workstation }: StaffContext,
  state: PrivacyState,
): Promise<PrivacyRecordView[]> {
  const held = await heldRecords(workstation.store.read, state.records);
  const rules = workstation.directory.rules();
  const now = workstation.clock().toISOString();
  return Promise.all(
    state.records.map(async ({ kind, id, number }): Promise<PrivacyRecordView> => {
      const found = held.get(keyOf({ kind, id }));
      const granted =
        state.what === 'deletion' &&
        state.decided?.outcomes.some(
          (one) => one.kind === kind && one.id === id && one.verdict === 'granted',
        ) === true;
      const erased = erasedAt(found?.state);
      return {
        kind,
        id,
        number,
        known: found === undefined ? null : candidateOf(workstation, found),
        bar:
          found === undefined
            ? null
            : found.kind === 'case'
              ? barOfCase(found.state, rules, now)
              : barOfReturn(found.state, now),
        corrections:
          state.what === 'correction' && kind === 'case'
            ? await correctionsOf(workstation, id, state.received.at)
            : [],
        erasure: granted ? (erased === null ? 'waiting' : { at: erased }) : null,
      };
    }),
  );
}
