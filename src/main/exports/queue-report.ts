import type { QueueItem } from '../../contract/workstation/supervision.ts';
import { businessDay, naturalDaysBetween } from '../../domain/calendar/index.ts';
import { maskName } from '../../domain/text/index.ts';
import type { ReportTable } from './report.ts';
import type { ExportMessages } from './messages/zh-CN.ts';
import { levelName, type CodeWord } from './words.ts';

/** Whole days a deadline has passed by `now`, at least one; null while it has not. */
function daysLate(item: QueueItem, now: string): number | null {
  const due = item.deadline?.dueAt;
  if (due === undefined || Date.parse(due) >= Date.parse(now)) return null;
  return Math.max(1, naturalDaysBetween(businessDay(due), businessDay(now)));
}

/** The queue as a table; names and phones masked. */
export function queueTable(
  messages: ExportMessages,
  items: readonly QueueItem[],
  now: string,
  word: CodeWord,
): ReportTable {
  const { columns, headings } = messages;
  return {
    heading: headings.queue,
    columns: [
      { title: columns.due, kind: 'instant', width: 17 },
      { title: columns.late, kind: 'count', width: 9 },
      { title: columns.number, kind: 'text', width: 20 },
      { title: columns.status, kind: 'text', width: 14 },
      { title: columns.unit, kind: 'text', width: 18 },
      { title: columns.level, kind: 'text', width: 8 },
      { title: columns.holder, kind: 'text', width: 12 },
      { title: columns.consumer, kind: 'text', width: 10 },
      { title: columns.phone, kind: 'text', width: 14 },
      { title: columns.merchant, kind: 'text', width: 22 },
      { title: columns.object, kind: 'text', width: 12 },
      { title: columns.problem, kind: 'text', width: 12 },
      { title: columns.amount, kind: 'yuan', width: 13 },
      { title: columns.registered, kind: 'instant', width: 17 },
    ],
    rows: items.map((item) => [
      item.deadline?.dueAt ?? null,
      daysLate(item, now),
      item.number,
      messages.status[item.status],
      item.handlingName,
      levelName(messages, item.level),
      item.assigned?.name ?? messages.nobody,
      maskName(item.consumerName),
      item.consumerPhoneMasked,
      item.merchantName,
      word('object', item.object),
      word('problem', item.problem),
      item.amountFen,
      item.registeredAt,
    ]),
    empty: messages.empty,
  };
}
