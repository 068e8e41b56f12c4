import type { DocumentFile } from '../../contract/workstation/document.ts';
import { leniencyOn } from '../../domain/leniency/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { drawNoPenalty, fileOf } from '../document/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { serviceError } from '../kernel/errors.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';

/** The decision not to punish as it was made; each print is logged. @throws NOT_FOUND, also of one that was refused or taken back */
export async function printNoPenalty(
  context: StaffContext,
  { id, decisionId }: { id: string; decisionId: string },
): Promise<DocumentFile> {
  const { workstation } = context;
  const state = await loadState(workstation.store.read, 'leniency', id);
  const decision = state?.decisions.find((one) => one.decisionId === decisionId);
  if (!state || !decision || decision.verdict === 'refused' || decision.withdrawn !== null)
    throw serviceError('NOT_FOUND');
  await logAccess(context, { action: 'print', kind: 'leniency', id, what: 'no-penalty' });
  const { verdict, number, violatedOn, facts, harm, harmGround, correctBy, correctedOn, correctGround } =
    decision;
  const day = businessDay(decision.decided.at);
  const settings = leniencyOn(day);
  const bytes = await drawNoPenalty({
    merchantName: state.merchantName,
    item: settings.items.find(({ code }) => code === state.item)?.name.zh ?? state.item,
    months: settings.period.months,
    isFirst: decision.conditions.first.met,
    verdict,
    number: number ?? '',
    violatedOn,
    facts,
    harm,
    harmGround,
    correctBy,
    correctedOn: correctedOn ?? '',
    correctGround,
    organisation: workstation.directory.nameOf(decision.decided.unitPath),
    day,
  });
  return fileOf(number ?? '', bytes);
}
