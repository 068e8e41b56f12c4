import type { Role } from '../../domain/kernel/event/event.ts';
import { CAPABILITIES, may, MOST_OFFLINE_DAYS } from '../../domain/organisation/index.ts';
import type { SessionState, SignedIn } from '../../contract/workstation/session.ts';
import type { CallContext, StaffSession, WorkstationParts } from '../kernel/parts.ts';
import { accountOf, type Account } from '../kernel/sessions.ts';
import { attempt, type Opened } from '../kernel/vault/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { checkStreams } from '../kernel/integrity/index.ts';
import { openOs, os } from '../kernel/implementer.ts';
import { carryUnsent } from './carry.ts';
import { accountsHere, enrolmentOf, unitSummary } from './enrolment.ts';
import { setPin, tryKeptPin, tryPin, whoHasPin } from './pin.ts';
import { changePassword, requirePassword } from './password.ts';

/** The signed-in person as a screen needs them. */
function signedIn({ gate }: CallContext, staff: StaffSession): SignedIn {
  const parts = gate.parts();
  // Accounts that sign in here are of this workstation's own unit.
  const unit =
    parts === null ? gate.vault.card().enrolment?.unit : unitSummary(parts.directory, staff.unitPath);
  if (!unit) throw serviceError('NOT_ENROLLED');
  return {
    staffId: staff.staffId,
    name: staff.name,
    role: staff.role,
    unit,
    capabilities: CAPABILITIES.filter((capability) => may(staff.role, capability)),
  };
}

/** How many drafts somebody who was shut out has left here. */
async function endedOf({ gate, client }: CallContext): Promise<SessionState['ended']> {
  const { ended } = client;
  if (ended === null) return null;
  const row = await gate
    .parts()
    ?.store.read.selectFrom('draft')
    .select(({ fn }) => fn.countAll<number>().as('drafts'))
    .where('staff_id', '=', ended.staffId)
    .executeTakeFirstOrThrow();
  // As long as it is open it can be counted; the page asks at once when a session ends.
  if (row !== undefined) ended.drafts = row.drafts;
  const { name, reason, at, drafts } = ended;
  return { name, reason, at, drafts };
}

/** What the gate before all pages shows. */
export async function state(context: CallContext): Promise<SessionState> {
  const { client, gate } = context;
  const { sessions, vault } = gate;
  const parts = gate.parts();
  if (client.staff !== null && parts !== null)
    await sessions.require(client, parts.store.read).catch((error: unknown) => {
      // That the session is over by now is what is told below.
      if (client.staff !== null) throw error;
    });
  const { staff } = client;
  if (staff !== null) sessions.isLocked(client);
  const card = vault.card();
  return {
    damaged: false,
    readOnly: parts?.readOnly ?? false,
    enrolment: parts === null ? card.enrolment : enrolmentOf(parts),
    ready: parts === null ? card.ready : (await accountsHere(parts)).length > 0,
    staff: staff === null ? null : signedIn(context, staff),
    locked: client.locked,
    ended: await endedOf(context),
    pin:
      staff !== null &&
      (parts === null
        ? sessions.keptPin(staff.staffId) !== undefined
        : (await whoHasPin(parts.store.read, [staff.staffId])).has(staff.staffId)),
    revoked: parts === null ? card.revoked : parts.standing.revoked(),
    offline: { ...gate.offline(), mostDays: MOST_OFFLINE_DAYS },
    release: gate.release,
    host: gate.host.name,
    sealing: gate.host.sealing(),
    now: gate.clock().toISOString(),
  };
}

/** The account that may sign in here: active, of this workstation's unit. */
async function accountHere(workstation: WorkstationParts, staffId: string): Promise<Account | null> {
  const identity = workstation.identity();
  if (identity === null) throw serviceError('NOT_ENROLLED');
  // A role comes from facts, and not from a row that anybody may have changed.
  await checkStreams(workstation, [{ kind: 'staff', id: staffId }]);
  const account = await accountOf(workstation.store.read, staffId);
  return account?.active && account.unitPath === identity.unitPath ? account : null;
}

/** Checks name and password against this workstation's own accounts; works with no network, for some weeks. */
async function signIn(context: CallContext, staffId: string, password: string): Promise<SignedIn> {
  const { gate, client } = context;
  await gate.settled();
  const { days, expired } = gate.offline();
  // Whoever only locked their window has not gone.
  const refused = expired && client.staff?.staffId !== staffId;
  const parts = gate.parts();
  if (parts !== null) {
    const account = await accountHere(parts, staffId);
    if (refused) throw serviceError('SIGN_IN_EXPIRED', { days });
    await requirePassword(context, account, password);
    if (account === null) throw serviceError('SIGN_IN_FAILED');
    gate.sessions.begin(client, account, 'password');
    await gate.entered();
    return signedIn(context, account);
  }
  if (gate.vault.card().enrolment === null) throw serviceError('NOT_ENROLLED');
  const person = gate.vault.people().find((one) => one.staffId === staffId) ?? null;
  const right = await attempt(gate, person);
  const opened = person === null ? null : await gate.vault.tryPassword(person, password);
  if (opened === null) throw serviceError('SIGN_IN_FAILED');
  await right();
  if (!refused) return comeIn(context, staffId, opened, 'password');
  // While it was shut nobody could ask the centre. Whoever has the password opens it for just that.
  return gate.openWith(opened.keys, async ({ sync, standing }) => {
    await sync.run();
    const { days: still, expired: out } = standing.offline();
    if (out) throw serviceError('SIGN_IN_EXPIRED', { days: still });
    return comeIn(context, staffId, opened, 'password');
  });
}

/** Opens the gate for somebody whose password, or PIN, has just given a key. */
async function comeIn(
  context: CallContext,
  staffId: string,
  { keys, passwordHash }: { keys: Opened['keys']; passwordHash: string | null },
  by: 'password' | 'pin',
): Promise<SignedIn> {
  const { gate, client } = context;
  return gate.openWith(keys, async (parts) => {
    const account = await accountHere(parts, staffId);
    // What could be known outside may be older than the account.
    if (account === null || (passwordHash !== null && account.passwordHash !== passwordHash))
      throw serviceError('SIGN_IN_FAILED');
    gate.sessions.begin(client, account, by);
    return signedIn(context, account);
  });
}

async function pinSignIn(context: CallContext, staffId: string, pin: string): Promise<SignedIn> {
  const { gate, client } = context;
  await gate.settled();
  const parts = gate.parts();
  if (parts === null) return comeIn(context, staffId, await tryKeptPin(gate, staffId, pin), 'pin');
  const account = await accountHere(parts, staffId);
  if (account === null) throw serviceError('PASSWORD_NEEDED');
  await tryPin(context, account, pin);
  gate.sessions.begin(client, account, 'pin');
  return signedIn(context, account);
}

/** Those who may sign in, as the screen offers them. */
async function people({
  gate,
}: CallContext): Promise<{ staffId: string; name: string; role: Role; pin: boolean }[]> {
  const parts = gate.parts();
  const { sessions } = gate;
  const { expired } = gate.offline();
  if (parts === null)
    return gate.vault.people().map(({ staffId, name, role }) => ({
      staffId,
      name,
      role,
      pin: !expired && sessions.keptPin(staffId) !== undefined,
    }));
  const accounts = await accountsHere(parts);
  const pins = await whoHasPin(
    parts.store.read,
    accounts.map(({ staffId }) => staffId),
  );
  return accounts.map((account) => ({
    staffId: account.staffId,
    name: account.name,
    role: account.role,
    pin:
      !expired && pins.get(account.staffId) === account.credential && sessions.proved(account) !== undefined,
  }));
}

/** Coming, going, and staying while nobody may look. */
export const entering = {
  state: openOs.session.state.handler(({ context }) => state(context)),
  people: openOs.session.people.handler(({ context }) => people(context)),
  signIn: openOs.session.signIn.handler(({ context, input }) =>
    signIn(context, input.staffId, input.password),
  ),
  pinSignIn: openOs.session.pinSignIn.handler(({ context, input }) =>
    pinSignIn(context, input.staffId, input.pin),
  ),
  signOut: openOs.session.signOut.handler(({ context }) => {
    context.gate.sessions.leave(context.client);
    return { ok: true as const };
  }),
  lock: openOs.session.lock.handler(({ context }) => {
    context.gate.sessions.lock(context.client, 'asked');
    return { ok: true as const };
  }),
  touch: os.session.touch.handler(({ context }) => {
    context.workstation.sessions.touch(context.client);
    return { ok: true as const };
  }),
  setPin: os.session.setPin.handler(async ({ context, input }) => {
    await setPin(context, input);
    return { ok: true as const };
  }),
  carry: os.session.carry.handler(({ context, input }) => carryUnsent(context, input.passphrase)),
  changePassword: os.session.changePassword.handler(async ({ context, input }) => {
    await changePassword(context, input);
    return { ok: true as const };
  }),
};
