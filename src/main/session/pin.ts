import { hash, verify } from '@node-rs/argon2';
import { isSimplePin } from '../../domain/organisation/index.ts';
import type { CallContext, StaffContext } from '../kernel/parts.ts';
import { accountOf, type Account } from '../kernel/sessions.ts';
import { serviceError } from '../kernel/errors.ts';
import { countOne } from './brake.ts';
import { requirePassword } from './password.ts';

/** Of these people, those with a PIN here, and the password that each was set under. */
export async function whoHasPin(
  { workstation }: CallContext,
  staffIds: readonly string[],
): Promise<Map<string, string>> {
  if (staffIds.length === 0) return new Map();
  const rows = await workstation.store.read
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

/** Looks at a PIN. @throws PASSWORD_NEEDED where none helps, PIN_WRONG with how many tries are left */
export async function tryPin({ workstation }: CallContext, account: Account, pin: string): Promise<void> {
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
  await countOne(workstation);
  throw serviceError('PIN_WRONG', { left });
}
