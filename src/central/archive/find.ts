import { sql, type RawBuilder, type SqlBool } from 'kysely';
import {
  ARCHIVE_FOUND,
  type ArchivedCase,
  type ArchivedFile,
  type ArchiveFound,
  type ArchiveOpen,
  type ArchiveSearch,
} from '../../contract/centre/archive.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { FeedItem } from '../../contract/centre/index.ts';
import type { CaseState } from '../../domain/case/index.ts';
import { maskName } from '../../domain/kernel/text/index.ts';
import { maskAnswer } from '../../domain/streams.ts';
import { asUnit, type RequestScope } from '../kernel/db/as-unit.ts';
import type { Database } from '../kernel/db/database.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { circleOf } from '../kernel/db/circle.ts';
import { centreError } from '../kernel/errors.ts';
import { streamItems } from '../kernel/feeds/page.ts';
import { checkQuestionRate, type QuestionRate } from '../kernel/questions.ts';

type Device = RequestScope;

/** Assumption: a workstation that looks for older cases all day asks less; who reads an archive through asks more. */
export const ARCHIVE_QUESTIONS_AN_HOUR = 120;
const RATE: QuestionRate = {
  lock: 'archive-questions',
  table: 'archive_access',
  anHour: ARCHIVE_QUESTIONS_AN_HOUR,
};

type Access = { action: 'search' | 'open'; what: string; found: number; staffId: string };

async function logAccess(
  executor: QueryExecutor,
  { deviceId, unitPath }: Device,
  access: Access,
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO archive_access (circle, device, unit_path, staff_id, action, what, found, asked_at)
    VALUES (${circleOf(unitPath)}, ${deviceId}, ${unitPath}, ${access.staffId}, ${access.action}, ${access.what},
      ${access.found}, ${now})`.execute(executor);
}

function matches(question: ArchiveSearch): RawBuilder<SqlBool> {
  const { text } = question;
  switch (question.by) {
    case 'number':
      return sql`strpos(upper(gone.number), upper(${text})) > 0`;
    case 'merchant':
      return sql`strpos(lower(gone.merchant_name), lower(${text})) > 0`;
    case 'consumer':
      return sql`strpos(gone.consumer_name, ${text}) > 0`;
    case 'phone':
      return sql`gone.phone_tail = ${text}`;
  }
}

/** Archived, and in the feed of that unit. */
const inSight = (unitPath: string): RawBuilder<SqlBool> => sql`
  gone.kind = 'case' AND gone.returned_at IS NULL AND stream.state IS NOT NULL
    AND strpos(stream.sight, ${JSON.stringify(unitPath)}) > 0`;

/**
 * Finds archived cases in the sight of the asking workstation's unit, last closed first. Every question is logged with who
 * asked, by what, and how many were found; not the words, which may be a consumer's name.
 * @throws TOO_MANY_QUESTIONS
 */
export async function searchArchive(
  database: Database,
  device: Device,
  question: ArchiveSearch,
  now: Date,
): Promise<ArchiveFound> {
  return asUnit(database, device, async (executor) => {
    await checkQuestionRate(executor, RATE, device.deviceId, now);
    const { rows } = await sql<{ state: string; closedDay: string }>`
      SELECT stream.state, gone.closed_day AS "closedDay" FROM archived_stream AS gone
      JOIN stream ON stream.kind = gone.kind AND stream.id = gone.id
      WHERE ${inSight(device.unitPath)} AND ${matches(question)}
      ORDER BY gone.closed_day DESC, gone.id DESC LIMIT ${ARCHIVE_FOUND + 1}`.execute(executor);
    const cases = rows.slice(0, ARCHIVE_FOUND).map(({ state: text, closedDay }): ArchivedCase => {
      const state = JSON.parse(text) as CaseState;
      return {
        id: state.id,
        number: state.number,
        consumerName: maskName(state.consumer.name),
        merchantName: state.merchant.name,
        registeredDay: businessDay(state.registeredAt),
        closedDay,
        outcome: state.outcome,
      };
    });
    const access = { action: 'search', what: question.by, found: cases.length } as const;
    await logAccess(executor, device, { ...access, staffId: question.staffId }, now);
    return { cases, more: rows.length > ARCHIVE_FOUND };
  });
}

/**
 * One archived case with all that happened in it, numbers masked, without addresses. Every opening is logged.
 * @throws TOO_MANY_QUESTIONS, ARCHIVED_UNKNOWN for what is out of sight or in no archive
 */
export async function openArchived(
  database: Database,
  device: Device,
  { id, staffId }: ArchiveOpen,
  now: Date,
): Promise<Omit<ArchivedFile, 'centreTime'>> {
  return asUnit(database, device, async (executor) => {
    await checkQuestionRate(executor, RATE, device.deviceId, now);
    const { rows } = await sql<{ state: string }>`
      SELECT stream.state FROM archived_stream AS gone
      JOIN stream ON stream.kind = gone.kind AND stream.id = gone.id
      WHERE gone.id = ${id} AND ${inSight(device.unitPath)}`.execute(executor);
    const [row] = rows;
    if (!row) throw centreError('ARCHIVED_UNKNOWN');
    await logAccess(executor, device, { action: 'open', what: id, found: 1, staffId }, now);
    const state = JSON.parse(row.state) as CaseState;
    const { address: _address, ...consumer } = state.consumer;
    const items = await streamItems(executor, device.unitPath, { kind: 'case', id });
    return {
      state: JSON.stringify(maskAnswer({ ...state, consumer }, { names: false })),
      items: items.map((item) => ({
        ...item,
        event: { ...item.event, payload: withoutConsumer(maskAnswer(item.event, { names: false })) },
      })),
    };
  });
}

/** A registration in the history says no more of the consumer than the file above it. */
function withoutConsumer({ payload }: FeedItem['event']): unknown {
  if (typeof payload !== 'object' || payload === null || !('consumer' in payload)) return payload;
  const { consumer: _consumer, ...rest } = payload;
  return rest;
}
