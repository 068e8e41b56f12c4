import type { CarriedFile } from '../../contract/workstation/session.ts';
import { sealCarried } from '../../protocol/carried-facts.ts';
import { pushText, signText } from '../../protocol/keys.ts';
import { logAccess } from '../kernel/access-log.ts';
import { serviceError } from '../kernel/errors.ts';
import { requireIdentity, type StaffContext } from '../kernel/parts.ts';
import { OUTGOING_BODY } from '../kernel/sync/batch.ts';
import { privateKeyOf } from '../kernel/sync/identity.ts';

/**
 * What was not sent, as a file that a person can carry, signed as it would have been. Anybody who is signed in may take it, as a
 * shop has but one person; it is sealed under a passphrase, and that it was taken is kept on record.
 * @throws RULE nothing-unsent
 */
export async function carryUnsent(context: StaffContext, passphrase: string): Promise<CarriedFile> {
  const { workstation, staff } = context;
  const identity = requireIdentity(context);
  const { deviceId, deviceCode, unitPath } = identity;
  const facts = await workstation.store.read
    .selectFrom('outbox')
    .innerJoin('event', 'event.id', 'outbox.event_id')
    .select(['event.device_sequence as deviceSequence', 'event.hash', 'event.at'])
    .select(OUTGOING_BODY.as('body'))
    .orderBy('outbox.device_sequence')
    .execute();
  const [first, last] = [facts[0], facts.at(-1)];
  if (!first || !last) throw serviceError('RULE', { rule: 'nothing-unsent' });
  const key = await privateKeyOf(identity, workstation.host);
  const signature = signText(key, pushText(deviceId, last.deviceSequence, last.hash));
  const events = facts.map(({ body }) => body.toString()).join(',\n');
  const inside = Buffer.from(`{"events":[${events}],"signature":${JSON.stringify(signature)}}`);
  const madeAt = workstation.clock().toISOString();
  const about = {
    deviceId,
    deviceCode,
    unitPath,
    madeAt,
    madeBy: staff.name,
    facts: facts.length,
    firstAt: first.at,
    lastAt: last.at,
  };
  const text = await sealCarried(about, inside, passphrase);
  const reason = `unsent facts: ${facts.length}`;
  await logAccess(context, { action: 'export', kind: 'outbox', id: deviceId, what: reason });
  return {
    fileName: `heshi-${deviceCode}-${madeAt.slice(0, 10)}.carried.json`,
    mediaType: 'application/json',
    base64: Buffer.from(text).toString('base64'),
    facts: facts.length,
  };
}
