import type { DocumentFile } from '../../contract/workstation/document.ts';
import { drawPromiseCard, fileOf } from '../document/index.ts';
import { serviceError } from '../kernel/errors.ts';
import type { CallContext } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';

/** The card of one version of a merchant's promise. @throws NOT_FOUND where there is no such version that counts. */
export async function promiseCard(
  { workstation }: CallContext,
  { id, commitmentId, size }: { id: string; commitmentId: string; size: 'A5' | 'A4' },
): Promise<DocumentFile> {
  const merchant = await loadState(workstation.store.read, 'merchant', id);
  const commitment = merchant?.commitments.find((one) => one.commitmentId === commitmentId);
  if (!merchant || !commitment) throw serviceError('NOT_FOUND');
  const confirmedBy = workstation.directory.nameOf(commitment.confirmed?.unitPath ?? merchant.unitPath);
  const { number, bytes } = await drawPromiseCard({ merchant, commitment, confirmedBy }, size);
  return fileOf(number, bytes, `-${size}`);
}
