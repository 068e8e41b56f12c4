import { sql } from 'kysely';
import type {
  RepeatElsewhere,
  RepeatOutcome,
  RepeatsAnswer,
  RepeatsQuestion,
} from '../../contract/centre/repeats.ts';
import { businessDay, shiftDay } from '../../domain/kernel/calendar/index.ts';
import type { CaseState } from '../../domain/case/index.ts';
import { parentPath } from '../../domain/organisation/index.ts';
import type { Database } from '../kernel/db/database.ts';
import { circleOf } from '../kernel/db/circle.ts';
import { checkQuestionRate, type QuestionRate } from '../kernel/questions.ts';
import type { UnitCache } from '../kernel/units.ts';
import { districtOf } from './keys.ts';

const DAYS = 365;
const SHOWN = 20;
/** A number shared by many must not read a district's register through. */
const LOOKED_AT = 500;
/** Assumption: a workstation that registers all day asks less; who tries numbers one after the other asks more. */
export const QUESTIONS_AN_HOUR = 120;
const RATE: QuestionRate = {
  lock: 'mark-questions',
  table: 'consumer_mark_question',
  anHour: QUESTIONS_AN_HOUR,
};

type Device = { deviceId: string; unitPath: string };
type Row = { kind: string; state: string; sight: string; day: string };

const OUTCOMES: Record<NonNullable<CaseState['outcome']>, RepeatOutcome> = {
  settled: 'agreed',
  failed: 'not-agreed',
  terminated: 'not-agreed',
  refused: 'not-accepted',
  transferred: 'not-accepted',
  withdrawn: 'withdrawn',
};

/** A shop's name is its merchant's, who is none of the asker's business: the unit above stands for it. */
function unitNameOf(units: UnitCache, path: string): string {
  const shown = units.levelOf(path) === 1 ? (parentPath(path) ?? path) : path;
  return units.get(shown)?.name ?? shown;
}

function elsewhere(
  units: UnitCache,
  state: CaseState,
  { day, merchantId }: { day: string; merchantId: string | null },
): RepeatElsewhere {
  return {
    unitName: unitNameOf(units, state.handlingPath),
    day,
    object: state.category.object,
    sameMerchant: merchantId === null ? null : state.merchant.merchantId === merchantId,
    outcome: state.outcome === null ? 'open' : OUTCOMES[state.outcome],
  };
}

/**
 * Says what the asker's district knows of a mark in the last year, without what the asker's unit sees anyway: of each
 * case the unit, the day, the kind of thing and how it came out; never a name, a number or a fact of it. Every
 * question is logged with who asked. @throws TOO_MANY_QUESTIONS
 */
export async function answerRepeats(
  database: Database,
  units: UnitCache,
  device: Device,
  question: RepeatsQuestion,
  now: Date,
): Promise<RepeatsAnswer> {
  const { unitPath } = device;
  const { mark, merchantId, staffId } = question;
  const since = shiftDay(businessDay(now.toISOString()), -DAYS);
  return database.transaction().execute(async (transaction) => {
    await checkQuestionRate(transaction, RATE, device.deviceId, now);
    const { rows } = await sql<Row>`
      SELECT stream.kind, stream.state, stream.sight, marked.day
      FROM consumer_mark AS marked JOIN stream ON stream.kind = marked.kind AND stream.id = marked.id
      WHERE marked.district = ${districtOf(unitPath)} AND marked.mark = ${mark} AND marked.day >= ${since}
        AND stream.state IS NOT NULL
      ORDER BY marked.day DESC, marked.id DESC LIMIT ${LOOKED_AT}`.execute(transaction);
    const unseen = rows.filter((row) => !(JSON.parse(row.sight) as string[]).includes(unitPath));
    const cases = unseen.flatMap(({ kind, state, day }) =>
      kind === 'case' ? [{ day, state: JSON.parse(state) as CaseState }] : [],
    );
    const returns = unseen.length - cases.length;
    await sql`
      INSERT INTO consumer_mark_question (circle, device, unit_path, staff_id, mark, cases, returns, asked_at)
      VALUES (${circleOf(unitPath)}, ${device.deviceId}, ${unitPath}, ${staffId}, ${mark}, ${cases.length}, ${returns}, ${now})`.execute(
      transaction,
    );
    return {
      cases: cases.slice(0, SHOWN).map(({ state, day }) => elsewhere(units, state, { day, merchantId })),
      facts: {
        cases: cases.length,
        merchants: new Set(cases.map(({ state }) => state.merchant.merchantId ?? state.merchant.name)).size,
        claimedFen: cases.reduce((sum, { state }) => sum + (state.amountFen ?? 0), 0),
        returns,
        days: DAYS,
      },
    };
  });
}
