import { hash, verify } from '@node-rs/argon2';
import { command } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import type { CallContext, StaffContext } from '../kernel/parts.ts';
import { accountOf, credentialOf, type Account } from '../kernel/sessions.ts';
import { attempt } from '../kernel/vault/index.ts';

/** Looks at a password once the brake lets it. @throws SIGN_IN_WAIT, SIGN_IN_FAILED where it is wrong or nobody's */
export async function requirePassword(
  { gate }: CallContext,
  account: Account | null,
  password: string,
): Promise<void> {
  const right = await attempt(gate, account);
  if (account === null || !(await verify(account.passwordHash, password)))
    throw serviceError('SIGN_IN_FAILED');
  await right();
}

const record = command<{ staffId: string; passwordHash: string }, null, null>({
  context: async () => null,
  decide: ({ staffId, passwordHash }) => ({
    facts: [
      {
        stream: { kind: 'staff', id: staffId },
        type: 'password-changed',
        version: 1,
        payload: { passwordHash },
      },
    ],
    result: null,
  }),
});

/**
 * Gives the person another password, as a fact that reaches their other workstations: sessions there, and in other windows
 * here, end. @throws SIGN_IN_FAILED, SIGN_IN_WAIT, RULE password-same, password-is-name
 */
export async function changePassword(
  context: StaffContext,
  { password, next }: { password: string; next: string },
): Promise<void> {
  const { workstation, client, staff } = context;
  const refused = (rule: string) => serviceError('RULE', { rule, field: 'next' });
  if (next === password) throw refused('password-same');
  if (next.includes(staff.name) || next.includes(staff.staffId)) throw refused('password-is-name');
  const account = await accountOf(workstation.store.read, staff.staffId);
  await requirePassword(context, account ?? null, password);
  const passwordHash = await hash(next);
  const before = client.credentials;
  // From the moment it is recorded on, other calls of this window find the new one.
  client.credentials = [...before, credentialOf(passwordHash)];
  try {
    await record(context, { staffId: staff.staffId, passwordHash });
  } catch (error) {
    client.credentials = before;
    throw error;
  }
  const changed = await accountOf(workstation.store.read, staff.staffId);
  if (changed && client.staff?.staffId === staff.staffId)
    workstation.sessions.begin(client, changed, 'password');
  await workstation.sessions.review(workstation.store.read);
  await context.gate.refresh();
}
