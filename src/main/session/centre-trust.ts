import { isFingerprintOf, readEnrolmentCode } from '../../protocol/centre-key.ts';
import { serviceError } from '../kernel/errors.ts';
import type { WorkstationParts } from '../kernel/parts.ts';
import { centreKeyAt } from '../kernel/sync/centre-link.ts';

/**
 * The centre that an enrolment code is from, before the code is told to anybody: whoever answers must have the key whose
 * fingerprint stands in the code. @throws INPUT_INVALID where the code is not whole, RULE `centre-differs`
 */
export async function centreOfCode(
  code: string,
  centreUrl: string,
  fetcher: typeof fetch,
): Promise<{ oneTime: string; centreKey: string }> {
  const { oneTime, fingerprint } = readEnrolmentCode(code);
  if (fingerprint === null)
    throw serviceError('INPUT_INVALID', { issues: [{ field: 'code', rule: 'code-too-short' }] });
  const centreKey = await centreKeyAt(centreUrl, fetcher);
  if (centreKey === null || !isFingerprintOf(fingerprint, centreKey))
    throw serviceError('RULE', { rule: 'centre-differs', field: 'code' });
  return { oneTime, centreKey };
}

/** Takes the key that the centre shows as its own from now on, where a person has its fingerprint. @throws RULE `centre-differs` */
export async function trustCentre(
  workstation: Pick<WorkstationParts, 'fetcher' | 'identity' | 'setIdentity' | 'sync'>,
  fingerprint: string,
): Promise<void> {
  const identity = workstation.identity();
  if (identity === null) throw serviceError('NOT_ENROLLED');
  const centreKey = await centreKeyAt(identity.centreUrl, workstation.fetcher);
  if (centreKey === null || !isFingerprintOf(fingerprint, centreKey))
    throw serviceError('RULE', { rule: 'centre-differs', field: 'fingerprint' });
  await workstation.setIdentity({ ...identity, centreKey, centreKeyCompared: true });
  await workstation.sync.run();
}
