import type { DocumentFile } from '../../contract/workstation/document.ts';
import { filingEnds, policyOfVersion } from '../../domain/credit/index.ts';
import { ancestorsAndSelf } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { drawGradeNotice, fileOf } from '../document/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { logAccess } from '../kernel/access-log.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';

/**
 * The printed explanation of the grade that stands, with how to object to it: until when is counted from the notice that was given,
 * and from today where none was, as it is handed over today. It bears the name of the nearest unit that is no merchant's own.
 * @throws NOT_FOUND where nothing was published
 */
export async function gradeNotice(context: StaffContext, id: string): Promise<DocumentFile> {
  const { workstation, staff } = context;
  const { read } = workstation.store;
  const [merchant, state] = [await loadState(read, 'merchant', id), await loadState(read, 'credit', id)];
  const grade = state?.grade ?? null;
  if (!merchant || !state || grade === null) throw serviceError('NOT_FOUND');
  const { directory } = workstation;
  const day = todayOf(workstation);
  const policies = await loadState(read, 'credit-policy', topOf(state.unitPath));
  const noticeOn = grade.noticeOn ?? day;
  const ends = filingEnds({ ...grade, noticeOn }, state.unitPath, directory.rules());
  const from = ancestorsAndSelf(staff.unitPath).find((path) => directory.partyOf(path) !== 'merchant');
  await logAccess(context, { action: 'print', kind: 'credit', id, what: grade.month });
  const { number, bytes } = await drawGradeNotice({
    merchant: { id, name: merchant.name },
    grade,
    policy: policyOfVersion(policies, grade.policyVersion) ?? null,
    reply: state.reply,
    organisation: directory.nameOf(from ?? staff.unitPath),
    day,
    objectUntil: ends?.usual.day ?? day,
  });
  return fileOf(number, bytes);
}
