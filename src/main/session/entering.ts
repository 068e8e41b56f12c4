import { CAPABILITIES, may, MOST_OFFLINE_DAYS } from '../../domain/organisation/index.ts';
import type { SessionState, SignedIn, UnitSummary } from '../../contract/workstation/session.ts';
import { fingerprintOf } from '../../protocol/centre-key.ts';
import type { CallContext, StaffSession } from '../kernel/parts.ts';
import { accountOf, type Account } from '../kernel/sessions.ts';
import { serviceError } from '../kernel/errors.ts';
import { checkStreams } from '../kernel/integrity/index.ts';
import { openOs, os } from '../kernel/implementer.ts';
import { carryUnsent } from './carry.ts';
import { setPin, tryPin, whoHasPin } from './pin.ts';
import { changePassword, requirePassword } from './password.ts';

function unitSummary({ workstation }: CallContext, path: string): UnitSummary {
  const unit = workstation.directory.unit(path);
  return (
    unit ?? {
      path,
      name: workstation.directory.nameOf(path),
      level: workstation.directory.levelOf(path),
      party: workstation.directory.partyOf(path),
      disputePoint: true,
    }
  );
}

/** The signed-in person as a screen needs them. */
function signedIn(context: CallContext, staff: StaffSession): SignedIn {
  return {
    staffId: staff.staffId,
    name: staff.name,
    role: staff.role,
    unit: unitSummary(context, staff.unitPath),
    capabilities: CAPABILITIES.filter((capability) => may(staff.role, capability)),
  };
}

/** The active accounts of this workstation's unit, by name. */
async function accounts({ workstation }: CallContext): Promise<Account[]> {
  const identity = workstation.identity();
  if (identity === null) return [];
  const { read } = workstation.store;
  const rows = await read
    .selectFrom('staff_row')
    .select('id')
    .where('unit_path', '=', identity.unitPath)
    .where('active', '=', 1)
    .orderBy('name')
    .execute();
  const all = await Promise.all(rows.map(({ id }) => accountOf(read, id)));
  return all.filter((one) => one !== undefined);
}

async function endedOf({ workstation, client }: CallContext): Promise<SessionState['ended']> {
  if (client.ended === null) return null;
  const { staffId, name, reason, at } = client.ended;
  const { drafts } = await workstation.store.read
    .selectFrom('draft')
    .select(({ fn }) => fn.countAll<number>().as('drafts'))
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow();
  return { name, reason, at, drafts };
}

/** What the gate before all pages shows. */
export async function state(context: CallContext): Promise<SessionState> {
  const { workstation, client } = context;
  const { sessions, standing, store } = workstation;
  const identity = workstation.identity();
  if (client.staff !== null)
    await sessions.require(client, store.read).catch((error: unknown) => {
      // That the session is over by now is what is told below.
      if (client.staff !== null) throw error;
    });
  const { staff } = client;
  if (staff !== null) sessions.isLocked(client);
  return {
    enrolment:
      identity === null
        ? null
        : {
            deviceId: identity.deviceId,
            deviceCode: identity.deviceCode,
            deviceName: identity.deviceName,
            unit: unitSummary(context, identity.unitPath),
            centreUrl: identity.centreUrl,
            centreKey:
              identity.centreKey === undefined
                ? null
                : {
                    fingerprint: fingerprintOf(identity.centreKey),
                    compared: identity.centreKeyCompared ?? false,
                  },
          },
    ready: (await accounts(context)).length > 0,
    staff: staff === null ? null : signedIn(context, staff),
    locked: client.locked,
    ended: await endedOf(context),
    pin: staff !== null && (await whoHasPin(context, [staff.staffId])).has(staff.staffId),
    revoked: standing.revoked(),
    offline: { ...standing.offline(), mostDays: MOST_OFFLINE_DAYS },
    release: workstation.release,
    host: workstation.host.name,
    now: workstation.clock().toISOString(),
  };
}

/** The account that may sign in here: active, of this workstation's unit. */
async function accountHere({ workstation }: CallContext, staffId: string): Promise<Account | null> {
  const identity = workstation.identity();
  if (identity === null) throw serviceError('NOT_ENROLLED');
  // A role comes from facts, and not from a row that anybody may have changed.
  await checkStreams(workstation, [{ kind: 'staff', id: staffId }]);
  const account = await accountOf(workstation.store.read, staffId);
  return account?.active && account.unitPath === identity.unitPath ? account : null;
}

/** Checks name and password against this workstation's own accounts; works with no network, for some weeks. */
async function signIn(context: CallContext, staffId: string, password: string): Promise<SignedIn> {
  const { workstation, client } = context;
  const account = await accountHere(context, staffId);
  const { days, expired } = workstation.standing.offline();
  // Whoever only locked their window has not gone.
  if (expired && client.staff?.staffId !== staffId) throw serviceError('SIGN_IN_EXPIRED', { days });
  await requirePassword(context, account, password);
  if (account === null) throw serviceError('SIGN_IN_FAILED');
  workstation.sessions.begin(client, account, 'password');
  return signedIn(context, account);
}

async function pinSignIn(context: CallContext, staffId: string, pin: string): Promise<SignedIn> {
  const account = await accountHere(context, staffId);
  if (account === null) throw serviceError('PASSWORD_NEEDED');
  await tryPin(context, account, pin);
  context.workstation.sessions.begin(context.client, account, 'pin');
  return signedIn(context, account);
}

/** Coming, going, and staying while nobody may look. */
export const entering = {
  state: openOs.session.state.handler(({ context }) => state(context)),
  people: openOs.session.people.handler(async ({ context }) => {
    const people = await accounts(context);
    const { standing, sessions } = context.workstation;
    const pins = await whoHasPin(
      context,
      people.map(({ staffId }) => staffId),
    );
    return people.map((account) => ({
      staffId: account.staffId,
      name: account.name,
      role: account.role,
      pin:
        pins.get(account.staffId) === account.credential &&
        sessions.proved(account) !== undefined &&
        !standing.offline().expired,
    }));
  }),
  signIn: openOs.session.signIn.handler(({ context, input }) =>
    signIn(context, input.staffId, input.password),
  ),
  pinSignIn: openOs.session.pinSignIn.handler(({ context, input }) =>
    pinSignIn(context, input.staffId, input.pin),
  ),
  signOut: openOs.session.signOut.handler(({ context }) => {
    context.workstation.sessions.leave(context.client);
    return { ok: true as const };
  }),
  lock: openOs.session.lock.handler(({ context }) => {
    context.workstation.sessions.lock(context.client, 'asked');
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
