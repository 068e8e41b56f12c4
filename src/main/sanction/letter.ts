import type { DocumentFile } from '../../contract/workstation/document.ts';
import { settingsOn } from '../../domain/restoration/index.ts';
import { repairOutlook, shippedRegimes } from '../../domain/sanction/index.ts';
import { drawReminderLetter, drawRepairNotice, fileOf } from '../document/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { officesOf } from '../kernel/offices.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { RuleRefused } from '../kernel/store/index.ts';
import { sanctionDetail } from './detail.ts';

/**
 * The letter that reminds a merchant of a record, as of today; each print is logged. @throws NOT_FOUND; RULE sanction-ended-already of one
 * that nobody has to be reminded of
 */
export async function reminderLetter(context: StaffContext, id: string): Promise<DocumentFile> {
  const { workstation, staff } = context;
  const { state, eligibility, blocking, ends, regime, today } = await sanctionDetail(context, id);
  if (state.ended !== null)
    throw new RuleRefused({ rule: 'sanction-ended-already', parameters: { day: state.ended.on } });
  await logAccess(context, { action: 'print', kind: 'sanction', id, what: 'letter' });
  const { merchantName, kind, organ, number, determinedOn, channel, duties } = state;
  const bytes = await drawReminderLetter({
    record: { merchantName, kind, organ, number, determinedOn, channel, duties },
    eligibility,
    blocking: blocking.map((one) => ({ id: one.id, title: one.title })),
    endsOn: ends?.day ?? null,
    conditions: regime?.conditions ?? [],
    organisation: workstation.directory.nameOf(staff.unitPath),
    day: today,
  });
  return fileOf(number, bytes);
}

/**
 * The notice that goes to the merchant together with a decision (两书同达): how long it is published, what to do, and where to apply for
 * repair. Each print is logged. @throws NOT_FOUND; RULE sanction-ended-already of one that nobody has to apply for any more
 */
export async function repairNotice(context: StaffContext, id: string): Promise<DocumentFile> {
  const { workstation, staff } = context;
  const { state, today } = await sanctionDetail(context, id);
  if (state.ended !== null)
    throw new RuleRefused({ rule: 'sanction-ended-already', parameters: { day: state.ended.on } });
  await logAccess(context, { action: 'print', kind: 'sanction', id, what: 'notice' });
  const { merchantName, kind, class: of, organ, number, determinedOn, channel, duties } = state;
  const { limits, contact, types } = settingsOn(today);
  const bytes = await drawRepairNotice({
    record: {
      merchantName,
      kind,
      class: of,
      organ,
      number,
      determinedOn,
      channel,
      duties: duties.map(({ text }) => text),
    },
    ...repairOutlook(state, shippedRegimes),
    proofs: types.find(({ kinds }) => kinds.includes(kind))?.proofs ?? [],
    limits,
    windows: officesOf(context, 'window').map(({ name }) => name),
    contact,
    organisation: workstation.directory.nameOf(staff.unitPath),
    day: today,
  });
  return fileOf(number, bytes);
}
