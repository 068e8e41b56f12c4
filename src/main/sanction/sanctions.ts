import { keepFile, readFile } from '../evidence/index.ts';
import { logFirstAccess } from '../kernel/access-log.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { callLetter, callPhone, listCalls, recordCall } from './calls.ts';
import { loadState } from '../kernel/store/index.ts';
import { recordSanction, stepSanction } from './commands.ts';
import { knownDecision, sanctionDetail } from './detail.ts';
import { importSanctions, previewSanctions } from './import.ts';
import { reminderLetter, repairNotice } from './letter.ts';
import { listSanctions, sanctionCalendar } from './list.ts';

export const sanctions = {
  list: os.sanctions.list.handler(({ context, input }) => listSanctions(context, input)),
  get: os.sanctions.get.handler(({ context, input }) => sanctionDetail(context, input.id)),
  calendar: os.sanctions.calendar.handler(({ context, input }) => sanctionCalendar(context, input)),
  known: os.sanctions.known.handler(({ context, input }) => knownDecision(context, input)),
  record: os.sanctions.record.handler(async ({ context, input }) =>
    sanctionDetail(context, await recordSanction(context, input)),
  ),
  step: os.sanctions.step.handler(async ({ context, input }) => {
    // First, so that nothing is recorded about a record that is not known here.
    await sanctionDetail(context, input.id);
    await stepSanction(context, input);
    return sanctionDetail(context, input.id);
  }),
  keepFile: os.sanctions.keepFile.handler(({ context, input }) => keepFile(context, input)),
  openFile: os.sanctions.openFile.handler(async ({ context, input: { id, sha256 } }) => {
    const { workstation } = context;
    const state = await loadState(workstation.store.read, 'sanction', id);
    const found = state?.documents?.find((one) => one.sha256 === sha256);
    if (!found) throw serviceError('NOT_FOUND');
    await logFirstAccess(context, { action: 'read', kind: 'sanction', id, what: 'evidence' });
    return readFile(context, id, found);
  }),
  letter: os.sanctions.letter.handler(({ context, input }) => reminderLetter(context, input.id)),
  calls: os.sanctions.calls.handler(({ context }) => listCalls(context)),
  callPhone: os.sanctions.callPhone.handler(({ context, input }) => callPhone(context, input.id)),
  called: os.sanctions.called.handler(({ context, input }) => recordCall(context, input)),
  callLetter: os.sanctions.callLetter.handler(({ context, input }) => callLetter(context, input.id)),
  notice: os.sanctions.notice.handler(({ context, input }) => repairNotice(context, input.id)),
  preview: os.sanctions.preview.handler(({ context, input }) => previewSanctions(context, input)),
  importFile: os.sanctions.importFile.handler(async ({ context, input }) => ({
    recorded: await importSanctions(context, input),
  })),
};
