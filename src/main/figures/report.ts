import type { FiguresQuery } from '../../contract/centre/figures.ts';
import type { DocumentFile } from '../../contract/workstation/document.ts';
import { monthOf, nextMonth, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { settingsOn } from '../../domain/restoration/index.ts';
import { drawMonthlyReport, fileOf } from '../document/index.ts';
import { shanghaiMinute } from '../exports/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { serviceError } from '../kernel/errors.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { figuresAnswer } from './answer.ts';

/** `2026-11` where a period is that month, also one that is not over yet; null for other days. */
export function monthIn({ from, to }: Pick<FiguresQuery, 'from' | 'to'>, today: string): string | null {
  if (from !== monthOf(from) || monthOf(to) !== from) return null;
  const last = shiftDay(nextMonth(from), -1);
  return to === last || (to === today && monthOf(today) === from) ? from.slice(0, 7) : null;
}

/** The report of a unit's period on one page; each print is logged. @throws NOT_FOUND for a department, which has no report of its own */
export async function monthlyReport(context: StaffContext, of: FiguresQuery): Promise<DocumentFile> {
  const { workstation, staff } = context;
  const { view, fetchedAt, stale } = await figuresAnswer(context, of);
  const { whole } = view;
  if (whole === null) throw serviceError('NOT_FOUND');
  const day = todayOf(workstation);
  await logAccess(context, {
    action: 'print',
    kind: 'supervision',
    id: 'figures',
    what: ['pdf', of.path, of.from, of.to].join(' | '),
  });
  const { bytes, title } = await drawMonthlyReport({
    view: { ...view, whole },
    limits: settingsOn(of.to).limits,
    organisation: workstation.directory.nameOf(staff.unitPath),
    month: monthIn(of, day),
    day,
    compiledAt: shanghaiMinute(view.generatedAt),
    staleSince: stale ? shanghaiMinute(fetchedAt) : null,
  });
  return fileOf(`${title}-${of.from}-${of.to}`, bytes);
}
