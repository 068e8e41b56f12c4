import { sql } from 'kysely';
import type {
  CreditEntry,
  DrawAction,
  DrawDetail,
  DrawnMerchant,
  DrawSummary,
  Verification,
} from '../../contract/workstation/inspection.ts';
import type { CreditState } from '../../domain/credit/index.ts';
import {
  drawFrom,
  guidanceBetween,
  guidanceExceptionsOn,
  type GuidanceState,
  type InspectionState,
  isGuidanceFirst,
  markOf,
  resultsOf,
  seedOf,
} from '../../domain/inspection/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { LISTINGS, type SanctionState } from '../../domain/sanction/index.ts';
import { candidatesHash, verifyDraw } from '../../protocol/verify-draw.ts';
import { command, requireSame, stepCommand } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { type CallContext, type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState, loadStates, type Reader, RuleRefused, type Writer } from '../kernel/store/index.ts';
import { keyOf, loadKinds } from '../kernel/store/streams.ts';
import { sanctionsByMerchant } from '../sanction/index.ts';
import { filledClasses } from './plans.ts';
import { guidanceSince, guidedFirst } from './relief.ts';

const counted = (lists: readonly { merchantIds: readonly string[] }[]): number =>
  lists.reduce((sum, { merchantIds }) => sum + merchantIds.length, 0);

function summarize({ workstation }: CallContext, state: InspectionState): DrawSummary {
  const { id, unitPath, day, made, abandoned, prepared, classes } = state;
  const results = [...resultsOf(state).values()];
  return {
    id,
    unitPath,
    unitName: workstation.directory.nameOf(unitPath),
    day,
    status: made ? 'made' : abandoned ? 'abandoned' : 'prepared',
    preparedBy: prepared.name,
    witness: made?.witness.name ?? null,
    candidates: classes.reduce((sum, { candidates }) => sum + candidates.length, 0),
    drawn: counted(made?.drawn ?? []),
    done: results.filter(({ outcome }) => outcome !== 'not-reached').length,
  };
}

/** All draws that this workstation knows, the newest first. */
export async function listDraws(context: CallContext): Promise<DrawSummary[]> {
  const all = await loadKinds(context.workstation.store.read, ['inspection']);
  return all
    .toSorted((a, b) => (a.state.prepared.at < b.state.prepared.at ? 1 : -1))
    .map(({ state }) => summarize(context, state));
}

type Named = { id: string; name: string; unitPath: string };

async function merchantsOf(read: Reader, ids: readonly string[]): Promise<Map<string, Named>> {
  const { rows } = await sql<Named>`
    SELECT merchant_row.id, merchant_row.name, merchant_row.unit_path AS "unitPath"
    FROM json_each(${JSON.stringify(ids)}) AS wanted JOIN merchant_row ON merchant_row.id = wanted.value`.execute(
    read,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

type Entry = CreditEntry & { at: string };

/** What a result of a draw may name of a merchant: what was recorded on its day or later, a decision that stands in two places once. */
function entriesOf(
  credit: CreditState | undefined,
  sanctions: readonly SanctionState[],
  since: string,
): CreditEntry[] {
  const continued = new Set(sanctions.map((one) => one.continues));
  const all: Entry[] = [
    ...(credit === undefined ? [] : ofCredit(credit)).filter(({ entryId }) => !continued.has(entryId)),
    ...sanctions.map(({ id, kind, determinedOn: on, number, recorded: { at } }) => ({
      entryId: id,
      kind:
        kind === 'penalty'
          ? ('penalty' as const)
          : LISTINGS.has(kind)
            ? ('listing' as const)
            : ('record' as const),
      on,
      text: number,
      at,
    })),
  ];
  return all
    .filter(({ at }) => businessDay(at) >= since)
    .map(({ entryId, kind, on, text }) => ({ entryId, kind, on, text }));
}

function ofCredit(credit: CreditState): Entry[] {
  return [
    ...credit.awards.map((one) => ({
      entryId: one.entryId,
      kind: 'award' as const,
      on: one.on,
      text: one.title,
      at: one.recorded.at,
    })),
    ...credit.penalties.map((one) => ({
      entryId: one.entryId,
      kind: 'penalty' as const,
      on: one.on,
      text: one.number,
      at: one.recorded.at,
    })),
    ...credit.listings.map((one) => ({
      entryId: one.entryId,
      kind: 'listing' as const,
      on: one.on ?? businessDay(one.recorded.at),
      text: one.ground,
      at: one.recorded.at,
    })),
    ...credit.patrols.map((one) => ({
      entryId: one.entryId,
      kind: 'patrol' as const,
      on: one.on,
      text: one.note,
      at: one.recorded.at,
    })),
  ];
}

function firstOf(
  state: InspectionState,
  merchantId: string,
  guidances: readonly GuidanceState[],
  today: string,
): DrawnMerchant['guidanceFirst'] {
  const mark = markOf(state, merchantId);
  if (mark === undefined) return null;
  const held = guidanceBetween(guidances, merchantId, mark.from, today);
  return { until: mark.until, guidanceId: held?.id ?? null };
}

async function drawnOf({ workstation }: CallContext, state: InspectionState): Promise<DrawnMerchant[]> {
  const { made, classes, day } = state;
  if (!made) return [];
  const { read } = workstation.store;
  const ids = made.drawn.flatMap(({ merchantIds }) => merchantIds);
  const [merchants, records, credits] = await Promise.all([
    merchantsOf(read, ids),
    sanctionsByMerchant(read, ids),
    loadStates(
      read,
      ids.map((id) => ({ kind: 'credit', id })),
    ),
  ]);
  const results = resultsOf(state);
  const guidances = (await loadKinds(read, ['guidance'])).map((one) => one.state);
  const today = todayOf(workstation);
  return made.drawn.flatMap(({ class: name, merchantIds }) => {
    const manner = classes.find((one) => one.class === name)?.manner ?? 'random';
    return merchantIds.map((merchantId): DrawnMerchant => {
      const merchant = merchants.get(merchantId);
      const credit = credits.get(keyOf({ kind: 'credit', id: merchantId }));
      return {
        merchantId,
        name: merchant?.name ?? merchantId,
        unitName: merchant ? workstation.directory.nameOf(merchant.unitPath) : '',
        class: name,
        manner,
        result: results.get(merchantId) ?? null,
        guidanceFirst: firstOf(state, merchantId, guidances, today),
        entries: entriesOf(
          credit?.kind === 'credit' ? credit.state : undefined,
          records.get(merchantId) ?? [],
          day,
        ),
      };
    });
  });
}

/** One draw: what it was made from, what came out, and what was found. @throws NOT_FOUND */
export async function drawDetail(context: StaffContext, id: string): Promise<DrawDetail> {
  const { staff, workstation } = context;
  const state = await loadState(workstation.store.read, 'inspection', id);
  if (!state) throw serviceError('NOT_FOUND');
  const { made, abandoned, classes, prepared } = state;
  const here =
    covers(staff.unitPath, state.unitPath) &&
    workstation.directory.partyOf(staff.unitPath) === 'regulator' &&
    may(staff.role, 'inspection.handle');
  const open = here && made === null && abandoned === null;
  return {
    summary: summarize(context, state),
    revision: state.revision,
    planVersion: state.planVersion,
    candidatesHash: state.candidatesHash,
    drawerSeed: state.drawerSeed,
    witnessSeed: made?.witnessSeed ?? null,
    abandonedBecause: abandoned?.reason ?? null,
    classes: classes.map(({ class: name, perMille, manner, candidates }) => ({
      class: name,
      perMille,
      manner,
      candidates: candidates.length,
      drawn: made?.drawn.find((one) => one.class === name)?.merchantIds.length ?? 0,
    })),
    drawn: await drawnOf(context, state),
    exceptions: [...guidanceExceptionsOn(todayOf(workstation))],
    can: {
      witness: open && prepared.staffId !== staff.staffId,
      abandon: open,
      record: here && made !== null,
      lenient: here && may(staff.role, 'inspection.decide'),
    },
  };
}

type Preparing = { drawId: string; unitPath: string; drawerSeed: string };

/** Fixes what a draw is made from: the list of this very moment, by the plan of today. */
export const prepareDraw = command({
  context: async (writer, { workstation }, { unitPath }: Preparing) => {
    const day = todayOf(workstation);
    const { version, classes, guidanceFirst } = await filledClasses(writer, unitPath, day);
    const all = classes.map(({ class: name, perMille, manner, members }) => ({
      class: name,
      perMille,
      manner,
      candidates: members.map((one) => one.id),
    }));
    return { day, planVersion: version, classes: all, guidanceFirst, candidatesHash: candidatesHash(all) };
  },
  decide: ({ drawId, unitPath, drawerSeed }, fixed) => ({
    facts: [
      {
        stream: { kind: 'inspection', id: drawId },
        type: 'draw-prepared',
        version: 1,
        payload: { ...fixed, unitPath, drawerSeed },
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ drawId }) => ({ stream: { kind: 'inspection', id: drawId } }),
    again: ({ payload }, { unitPath, drawerSeed }) =>
      requireSame({ ...Object(payload), unitPath, drawerSeed }, payload),
  },
});

type Typed = Extract<DrawAction, { step: 'result-recorded' }>['payload'];

/** A result with the guidance that came before it, where a repair asks for one. @throws RULE guidance-first where none did and no reason is given */
async function resultOf(
  writer: Writer,
  state: InspectionState,
  typed: Typed,
  resultId: string,
): Promise<object> {
  const { merchantId, on, exception = null } = typed;
  const mark = await guidedFirst(writer, state, merchantId, on);
  const guidanceId = mark === undefined ? null : await guidanceSince(writer, mark, on);
  const result = { ...typed, resultId, guidanceId, exception: guidanceId === null ? exception : null };
  if (mark && isGuidanceFirst(mark, result) && guidanceId === null && exception === null)
    throw new RuleRefused({
      rule: 'guidance-first',
      field: 'guidanceId',
      parameters: { day: mark.until },
    });
  return result;
}

type Act = { id: string; revision: number; eventId: string; action: DrawAction };

/** One step of a draw; what comes out of it is worked out here, and again wherever the fact arrives. */
export const actOnDraw = stepCommand(
  'inspection',
  async (writer, _call, { id, action, eventId }: Act): Promise<object> => {
    if (action.step === 'draw-abandoned') return action.payload;
    const state = await loadState(writer, 'inspection', id);
    if (!state) throw serviceError('NOT_FOUND');
    if (action.step === 'result-recorded') return resultOf(writer, state, action.payload, eventId);
    const { witnessSeed } = action.payload;
    return { witnessSeed, drawn: drawFrom(state.classes, seedOf(state.drawerSeed, witnessSeed)) };
  },
);

/** Works a draw out anew: the hash of its candidates, and the list that its seed gives. @throws NOT_FOUND */
export async function verifyKnownDraw({ workstation }: CallContext, id: string): Promise<Verification> {
  const state = await loadState(workstation.store.read, 'inspection', id);
  if (!state) throw serviceError('NOT_FOUND');
  return verifyDraw(state);
}
