import { hash, verify } from '@node-rs/argon2';
import { isSimplePin } from '../../domain/organisation/index.ts';
import type { Gate } from '../kernel/parts.ts';
import type { CallContext, StaffContext, WorkstationParts } from '../kernel/parts.ts';
import type { Reader } from '../kernel/store/index.ts';
import { countOne, hashLike, prefixOf, secretOf, unwrapKey, wrapKey } from '../kernel/vault/index.ts';
import { accountOf, type Account } from '../kernel/sessions.ts';
import { serviceError } from '../kernel/errors.ts';
import { requirePassword } from './password.ts';

/** Of these people, those with a PIN here, and the password that each was set under. */
export async function whoHasPin(read: Reader, staffIds: readonly string[]): Promise<Map<string, string>> {
  if (staffIds.length === 0) return new Map();
  const rows = await read
    .selectFrom('pin')
    .select(['staff_id', 'credential'])
    .where('staff_id', 'in', staffIds)
    .execute();
  return new Map(rows.map((row) => [row.staff_id, row.credential]));
}

/**
 * Sets the person's PIN at this workstation; null takes it away. Ten thousand PINs are tried in minutes by whoever has their
 * hash, so that the host seals it. @throws SIGN_IN_FAILED, SIGN_IN_WAIT, RULE pin-simple
 */
export async function setPin(
  context: StaffContext,
  { password, pin }: { password: string; pin: string | null },
): Promise<void> {
  const { workstation, client, staff } = context;
  const { store, host, clock, sessions } = workstation;
  if (pin !== null && isSimplePin(pin)) throw serviceError('RULE', { rule: 'pin-simple', field: 'pin' });
  const account = await accountOf(store.read, staff.staffId);
  await requirePassword(context, account ?? null, password);
  if (!account) throw serviceError('SIGN_IN_FAILED');
  if (pin === null) {
    await store.write((writer) => writer.deleteFrom('pin').where('staff_id', '=', staff.staffId).execute());
    return;
  }
  const sealed = Buffer.from(await host.sealSecret(Buffer.from(await hash(pin)))).toString('base64');
  const values = { credential: account.credential, sealed, set_at: clock().toISOString() };
  await store.write((writer) =>
    writer
      .insertInto('pin')
      .values({ staff_id: staff.staffId, ...values })
      .onConflict((conflict) => conflict.column('staff_id').doUpdateSet(values))
      .execute(),
  );
  // The password has just been given, also where somebody came by an older PIN.
  sessions.begin(client, account, 'password');
}

/** What keeps the key of a PIN apart from that of a password with the same hash. */
const KEPT = 'pin';

/**
 * Before the gate is shut: keeps the key wrapped under the PIN of each who may come back by it, in memory. Of a PIN only its
 * hash is known here; the same PIN makes the same hash again.
 */
export async function keepPins({ store, host, sessions }: WorkstationParts, key: Uint8Array): Promise<void> {
  const rows = await store.read.selectFrom('pin').selectAll().execute();
  for (const { staff_id: staffId, credential, sealed } of rows) {
    if (sessions.proved({ staffId, credential }) === undefined) continue;
    const opened = await host.openSecret(Buffer.from(sealed, 'base64')).catch(() => null);
    const pinHash = opened === null ? null : Buffer.from(opened).toString();
    const prefix = pinHash === null ? null : prefixOf(pinHash);
    sessions.keepPin(
      staffId,
      pinHash === null || prefix === null
        ? undefined
        : { prefix, wrapped: wrapKey(key, secretOf(pinHash), KEPT) },
    );
  }
}

/** Looks at a PIN while the gate is shut. @throws PASSWORD_NEEDED where none helps, PIN_WRONG with how many tries are left */
export async function tryKeptPin(
  gate: Gate,
  staffId: string,
  pin: string,
): Promise<{ keys: Uint8Array[]; passwordHash: null }> {
  const person = gate.vault.people().find((one) => one.staffId === staffId);
  const kept = gate.sessions.keptPin(staffId);
  if (
    person === undefined ||
    kept === undefined ||
    gate.offline().expired ||
    gate.sessions.proved(person) === undefined
  )
    throw serviceError('PASSWORD_NEEDED');
  const left = gate.sessions.spendTry(person);
  const pinHash = await hashLike(pin, kept.prefix);
  const key = pinHash === null ? null : unwrapKey(kept.wrapped, secretOf(pinHash), KEPT);
  if (key !== null) return { keys: [key], passwordHash: null };
  await countOne(gate);
  throw serviceError('PIN_WRONG', { left });
}

/** Looks at a PIN. @throws PASSWORD_NEEDED where none helps, PIN_WRONG with how many tries are left */
export async function tryPin(
  { workstation, gate }: CallContext,
  account: Account,
  pin: string,
): Promise<void> {
  const { store, host, sessions, standing } = workstation;
  const row = await store.read
    .selectFrom('pin')
    .selectAll()
    .where('staff_id', '=', account.staffId)
    .executeTakeFirst();
  if (
    row?.credential !== account.credential ||
    standing.offline().expired ||
    sessions.proved(account) === undefined
  )
    throw serviceError('PASSWORD_NEEDED');
  const left = sessions.spendTry(account);
  const sealed = await host.openSecret(Buffer.from(row.sealed, 'base64')).catch(() => null);
  if (sealed === null) throw serviceError('PASSWORD_NEEDED');
  if (await verify(Buffer.from(sealed).toString(), pin)) return;
  await countOne(gate);
  throw serviceError('PIN_WRONG', { left });
}
