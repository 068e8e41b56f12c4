import type { ReturnDetail } from '../../contract/workstation/return.ts';
import { publicPaperAddress } from '../../domain/document/index.ts';
import type { ReturnState } from '../../domain/return/reducer.ts';
import { returnCode } from '../../protocol/return-code.ts';
import type { WorkstationParts } from '../kernel/parts.ts';
import { publicUrlOf } from '../kernel/public-url.ts';

/** By what the consumer asks about their return at the centre's public page, as far as there is one. */
export async function inquiryOf(
  { store }: WorkstationParts,
  { id, number }: Pick<ReturnState, 'id' | 'number'>,
): Promise<ReturnDetail['inquiry']> {
  const publicUrl = await publicUrlOf(store.read);
  if (publicUrl === null) return null;
  const code = returnCode(id);
  return { code, address: publicPaperAddress(publicUrl, { number, code }) };
}
