import type { QueueItem } from '../../contract/workstation/supervision.ts';
import { businessDay, naturalDaysBetween } from '../../domain/kernel/calendar/index.ts';
import { maskName } from '../../domain/kernel/text/index.ts';
import type { Translate } from '../kernel/translation/translate.ts';
import type { ReportTable } from './report.ts';
import { levelName, type CodeWord } from './words.ts';

/** Whole days a deadline has passed by `now`, at least one; null while it has not. */
function daysLate(item: QueueItem, now: string): number | null {
  const due = item.deadline?.dueAt;
  if (due === undefined || Date.parse(due) >= Date.parse(now)) return null;
  return Math.max(1, naturalDaysBetween(businessDay(due), businessDay(now)));
}

/** The queue as a table; names and phones masked. */
export function queueTable(
  say: Translate,
  items: readonly QueueItem[],
  now: string,
  word: CodeWord,
): ReportTable {
  return {
    heading: say('exports:headings.queue'),
    columns: [
      { title: say('exports:columns.due'), kind: 'instant', width: 17 },
      { title: say('exports:columns.late'), kind: 'count', width: 9 },
      { title: say('exports:columns.number'), kind: 'text', width: 20 },
      { title: say('exports:columns.status'), kind: 'text', width: 14 },
      { title: say('exports:columns.unit'), kind: 'text', width: 18 },
      { title: say('exports:columns.level'), kind: 'text', width: 8 },
      { title: say('exports:columns.holder'), kind: 'text', width: 12 },
      { title: say('exports:columns.consumer'), kind: 'text', width: 10 },
      { title: say('exports:columns.phone'), kind: 'text', width: 14 },
      { title: say('exports:columns.merchant'), kind: 'text', width: 22 },
      { title: say('exports:columns.object'), kind: 'text', width: 12 },
      { title: say('exports:columns.problem'), kind: 'text', width: 12 },
      { title: say('exports:columns.amount'), kind: 'yuan', width: 13 },
      { title: say('exports:columns.registered'), kind: 'instant', width: 17 },
    ],
    rows: items.map((item) => [
      item.deadline?.dueAt ?? null,
      daysLate(item, now),
      item.number,
      say(`cases:status.${item.status}`),
      item.handlingName,
      levelName(say, item.level),
      item.assigned?.name ?? say('exports:text.nobody'),
      maskName(item.consumerName),
      item.consumerPhoneMasked,
      item.merchantName,
      word('object', item.object),
      word('problem', item.problem),
      item.amountFen,
      item.registeredAt,
    ]),
    empty: say('exports:text.empty'),
  };
}
