import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { DocumentFile } from '../../contract/workstation/document.ts';
import { caseSight, type CaseState, type Change, staysUntil } from '../../domain/case/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { PrivacyOutcome, PrivacyRecord, PrivacyState } from '../../domain/privacy/index.ts';
import {
  codeEntry,
  defaultProcedure,
  procedureInForce,
  procedureOfCase,
} from '../../domain/procedure/index.ts';
import { returnSight } from '../../domain/return/index.ts';
import {
  type AnsweredRecord,
  drawPrivacyAnswer,
  fileOf,
  type HeldData,
  type PrivacyAnswer,
} from '../document/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import type { StaffContext, WorkstationParts } from '../kernel/parts.ts';
import { loadState, RuleRefused } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { erasedAt } from './erased.ts';
import { correctionsOf, heldRecords, type HeldRecord } from './records.ts';
import { requireRequest } from './requests.ts';

/**
 * The answer as it is handed over, made anew from the records as they are; its hash is kept until it is recorded as given. Who looked is
 * told up to the decision, so that printing it again, itself a look, does not change it. Booked before it is drawn.
 * @throws RULE privacy-print-undecided before the decision; NOT_FOUND
 */
export async function printAnswer(context: StaffContext, id: string): Promise<DocumentFile> {
  const { workstation } = context;
  const state = await requireRequest(context, id);
  const { decided } = state;
  if (decided === null) throw new RuleRefused({ rule: 'privacy-print-undecided' });
  await logAccess(context, { action: 'print', kind: 'privacy', id, what: 'answer' });
  const bytes = await drawPrivacyAnswer(await answerOf(workstation, state, decided));
  const printed = { sha256: hash('sha256', bytes), printed_at: workstation.clock().toISOString() };
  await workstation.store.write((writer) =>
    writer
      .insertInto('privacy_print')
      .values({ privacy_id: id, ...printed })
      .onConflict((conflict) => conflict.column('privacy_id').doUpdateSet(printed))
      .execute(),
  );
  return fileOf(state.number, bytes);
}

async function answerOf(
  workstation: WorkstationParts,
  state: PrivacyState,
  { outcomes, by }: NonNullable<PrivacyState['decided']>,
): Promise<PrivacyAnswer> {
  const { directory, store } = workstation;
  const { number, what, requester, identity, wish } = state;
  const held = await heldRecords(store.read, state.records);
  const records: AnsweredRecord[] = [];
  // In the order in which they were named, whatever the order of the outcomes.
  for (const record of state.records) {
    const outcome = outcomes.find((one) => keyOf(one) === keyOf(record));
    if (outcome === undefined) continue;
    const found = held.get(keyOf(record));
    records.push({
      number: record.number,
      outcome,
      held:
        found !== undefined && what === 'access' && outcome.verdict === 'granted'
          ? await heldData(workstation, found)
          : null,
      correction: await correctionOf(workstation, outcome, found, state.received.at),
      erasedAt: erasedAt(found?.state),
    });
  }
  return {
    number,
    what,
    requester,
    identity,
    wish,
    organisation: directory.nameOf(by.unitPath),
    receivedOn: businessDay(state.received.at),
    day: businessDay(by.at),
    records,
    accesses: what === 'access' ? await accessesOf(workstation, records, by.at) : [],
  };
}

const LISTS = { object: 'object', problem: 'problem', claims: 'claim' } as const;

/** A code as the case's own procedure has it in Chinese, or another version, as papers do. */
function named(
  { directory }: WorkstationParts,
  state: CaseState,
  list: (typeof LISTS)[keyof typeof LISTS],
  code: string,
): string {
  const rules = directory.rules();
  const day = businessDay(state.registeredAt);
  const own = procedureOfCase(rules, state);
  return codeEntry(rules, state.registeredPath, day, list, code, own)?.name.zh ?? code;
}

async function correctionOf(
  workstation: WorkstationParts,
  outcome: PrivacyOutcome,
  held: HeldRecord | undefined,
  since: string,
): Promise<AnsweredRecord['correction']> {
  if (outcome.verdict === 'refused' || outcome.correctionId === null || held?.kind !== 'case') return null;
  const all = await correctionsOf(workstation, outcome.id, since);
  const found = all.find(({ eventId }) => eventId === outcome.correctionId);
  if (found === undefined) return null;
  const changes = found.changes.map((change): Change => {
    const { field } = change;
    if (field !== 'object' && field !== 'problem' && field !== 'claims') return change;
    const said = (value: Change['before']): Change['before'] =>
      typeof value === 'string'
        ? named(workstation, held.state, LISTS[field], value)
        : Array.isArray(value)
          ? value.map((code: string) => named(workstation, held.state, LISTS[field], code))
          : value;
    return { field, before: said(change.before), after: said(change.after) };
  });
  return { at: found.at, changes };
}

async function heldData(workstation: WorkstationParts, held: HeldRecord): Promise<HeldData> {
  const { directory, store, clock } = workstation;
  const levelOf = (path: string): number => directory.levelOf(path);
  const knownTo = (paths: readonly string[]): HeldData['knownTo'] =>
    paths.map((path) => ({ name: directory.nameOf(path), party: directory.partyOf(path) }));
  const rules = directory.rules();
  const now = clock().toISOString();
  const from = held.kind === 'case' ? held.state.registeredPath : held.state.unitPath;
  const { limits } = procedureInForce(rules, from, businessDay(now)).procedure;
  const daysOf = (limit: 'retentionDays' | 'erasureDays'): number =>
    (limits[limit] ?? defaultProcedure.limits[limit])?.value ?? 0;
  if (held.kind === 'return') {
    const { state } = held;
    const linked = state.caseId === null ? undefined : await loadState(store.read, 'case', state.caseId);
    return {
      kind: 'return',
      state,
      unitName: directory.nameOf(state.unitPath),
      caseNumber: linked?.number ?? null,
      erasedAfter: daysOf('erasureDays'),
      knownTo: knownTo(returnSight(state, levelOf)),
    };
  }
  const { state } = held;
  const row = await store.read
    .selectFrom('case_row')
    .select('updated_at')
    .where('id', '=', state.id)
    .executeTakeFirst();
  return {
    kind: 'case',
    state,
    claims: state.claims.map((code) => named(workstation, state, 'claim', code)),
    registeredIn: directory.nameOf(state.registeredPath),
    handledBy: state.handledBy.map((path) => directory.nameOf(path)),
    stays: {
      until: staysUntil(state, rules, { lastFactAt: row?.updated_at ?? state.registeredAt, now }),
      days: daysOf('retentionDays'),
    },
    erasedAfter: daysOf('erasureDays'),
    knownTo: knownTo(caseSight(state, levelOf)),
  };
}

/** Who looked at the records that are shown, until then, as far as this workstation is told of it. */
async function accessesOf(
  workstation: WorkstationParts,
  records: readonly AnsweredRecord[],
  until: string,
): Promise<PrivacyAnswer['accesses']> {
  const shown = records.filter(({ held }) => held !== null);
  const wanted = shown.map(({ outcome: { kind, id }, number }): PrivacyRecord => ({ kind, id, number }));
  if (wanted.length === 0) return [];
  const { rows } = await sql<{ at: string; unit_path: string; role: string; action: string; number: string }>`
    SELECT at, unit_path, role, action, wanted.value ->> 'number' AS number
    FROM json_each(${JSON.stringify(wanted)}) AS wanted
    JOIN access_row ON record_kind = wanted.value ->> 'kind' AND record_id = wanted.value ->> 'id'
    WHERE at <= ${new Date(until).toISOString()}
    ORDER BY at, access_row.row`.execute(workstation.store.read);
  return rows.map(({ at, unit_path: path, role, action, number }) => ({
    at,
    unitName: workstation.directory.nameOf(path),
    role,
    action,
    number,
  }));
}
