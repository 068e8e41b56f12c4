import { callPublic } from '../kernel/sync/centre-link.ts';
import type { Gate } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { signedFetch } from '../../protocol/signed-answers.ts';
import { centreOfCode } from './centre-trust.ts';

/**
 * Opens a gate that nobody's password opens, by what the centre keeps for it, and hears from the centre who may sign in now. It is
 * shut again at once, as nobody is in.
 * @throws RULE not-shut, centre-differs; CENTRE_REFUSED also where the centre has nothing for it; CENTRE_UNREACHABLE
 */
export async function recover(gate: Gate, fetcher: typeof fetch, code: string): Promise<void> {
  await gate.settled();
  const { enrolment } = gate.vault.card();
  if (enrolment === null) throw serviceError('NOT_ENROLLED');
  if (gate.parts() !== null) throw serviceError('RULE', { rule: 'not-shut', field: 'code' });
  const { centreUrl, deviceId } = enrolment;
  const { oneTime, centreKey } = await centreOfCode(code, centreUrl, fetcher);
  const signed = signedFetch(fetcher, centreUrl, () => centreKey);
  const { share } = await callPublic(centreUrl, signed, (client) =>
    client.recover({ code: oneTime, deviceId }),
  );
  const keys = gate.vault.tryShare(Buffer.from(share, 'base64'));
  if (keys === null) throw serviceError('CENTRE_REFUSED', { code: 'DEVICE_UNKNOWN' });
  await gate.openWith(keys, async (parts) => {
    await parts.sync.run();
    await gate.refresh();
  });
}
