import { verify } from '@node-rs/argon2';
import { CAPABILITIES, may } from '../../domain/organisation/index.ts';
import type { Role } from '../../domain/kernel/event/event.ts';
import type { SessionState, SignedIn, UnitSummary } from '../../contract/workstation/session.ts';
import { fingerprintOf } from '../../protocol/centre-key.ts';
import { generateDeviceKeys, replaceText, signText } from '../../protocol/keys.ts';
import { signedFetch } from '../../protocol/signed-answers.ts';
import { readMeta, startNewLog, writeMeta } from '../kernel/store/index.ts';
import { callPublic, createCentreLink } from '../kernel/sync/centre-link.ts';
import { keepFormerDevice } from '../numbers/index.ts';
import { CentreRestored, pull } from '../kernel/sync/cycle.ts';
import { privateKeyOf } from '../kernel/sync/identity.ts';
import { compareWithFeed } from '../kernel/sync/resync.ts';
import type { CallContext, StaffSession } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { openOs, os } from '../kernel/implementer.ts';
import { centreOfCode, trustCentre } from './centre-trust.ts';

const WAIT_AFTER_FAILURES = 5;
const WAIT_MS = 30_000;

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
export function signedIn(context: CallContext, staff: StaffSession): SignedIn {
  return {
    staffId: staff.staffId,
    name: staff.name,
    role: staff.role,
    unit: unitSummary(context, staff.unitPath),
    capabilities: CAPABILITIES.filter((capability) => may(staff.role, capability)),
  };
}

async function accounts({ workstation }: CallContext): Promise<{ id: string; name: string; role: string }[]> {
  const identity = workstation.identity();
  if (identity === null) return [];
  return workstation.store.read
    .selectFrom('staff_row')
    .select(['id', 'name', 'role'])
    .where('unit_path', '=', identity.unitPath)
    .where('active', '=', 1)
    .orderBy('name')
    .execute();
}

async function state(context: CallContext): Promise<SessionState> {
  const { workstation, client } = context;
  const identity = workstation.identity();
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
    staff: client.staff === null ? null : signedIn(context, client.staff),
    release: workstation.release,
    host: workstation.host.name,
    now: workstation.clock().toISOString(),
  };
}

/** Checks name and password against this workstation's own accounts; works with no network. */
async function signIn(context: CallContext, staffId: string, password: string): Promise<SignedIn> {
  const { workstation, client } = context;
  if (client.blockedUntil > workstation.clock().getTime()) throw serviceError('SIGN_IN_FAILED');
  const identity = workstation.identity();
  if (identity === null) throw serviceError('NOT_ENROLLED');
  const row = await workstation.store.read
    .selectFrom('staff_row')
    .selectAll()
    .where('id', '=', staffId)
    .where('unit_path', '=', identity.unitPath)
    .where('active', '=', 1)
    .executeTakeFirst();
  if (!row || !(await verify(row.password_hash, password))) {
    client.failedSignIns += 1;
    if (client.failedSignIns >= WAIT_AFTER_FAILURES)
      client.blockedUntil = workstation.clock().getTime() + WAIT_MS;
    throw serviceError('SIGN_IN_FAILED');
  }
  client.failedSignIns = 0;
  client.staff = { staffId: row.id, name: row.name, role: row.role as Role, unitPath: row.unit_path };
  return signedIn(context, client.staff);
}

async function enrol(
  context: CallContext,
  input: { centreUrl: string; code: string; deviceName: string },
): Promise<SessionState> {
  const { workstation } = context;
  if (workstation.identity() !== null) throw serviceError('RULE', { rule: 'already-enrolled' });
  const centreUrl = input.centreUrl.replace(/\/+$/, '');
  const { oneTime, centreKey } = await centreOfCode(input.code, centreUrl, workstation.fetcher);
  // The keys are kept before the code is spent: if the answer is lost, the same code and key ask again.
  const pending = await readMeta(workstation.store.read, 'pending-keys');
  const keys = pending === null ? await newKeys(context) : (JSON.parse(pending) as PendingKeys);
  const fetcher = signedFetch(workstation.fetcher, centreUrl, () => centreKey);
  const enrolled = await callPublic(centreUrl, fetcher, (client) =>
    client.enrol({ code: oneTime, name: input.deviceName, publicKey: keys.publicKey }),
  );
  await workstation.setIdentity({
    deviceId: enrolled.deviceId,
    deviceCode: enrolled.deviceCode,
    deviceName: input.deviceName,
    unitPath: enrolled.unitPath,
    centreUrl,
    centreKey,
    centreKeyCompared: true,
    ...keys,
  });
  await workstation.sync.run();
  return state(context);
}

type PendingKeys = { publicKey: string; sealedKey: string };

async function newKeys({ workstation }: CallContext, name = 'pending-keys'): Promise<PendingKeys> {
  const made = generateDeviceKeys();
  const sealed = await workstation.host.sealSecret(made.privateKey);
  const keys = { publicKey: made.publicKey, sealedKey: Buffer.from(sealed).toString('base64') };
  await workstation.store.write((writer) => writeMeta(writer, name, JSON.stringify(keys)));
  return keys;
}

/** What no retry mends and a new identity does. */
const GIVEN_UP = new Set(['chain-broken', 'device-revoked', 'device-unknown']);

/**
 * Enrols this installation anew, for the same unit, and carries over what it had not sent. Stopped at any point
 * it can be repeated with the same code: the new keys are kept until the new log stands.
 */
async function enrolAgain(
  context: CallContext,
  input: { code: string },
): Promise<{ salvaged: number; state: SessionState }> {
  const { workstation } = context;
  const old = workstation.identity();
  if (old === null) throw serviceError('NOT_ENROLLED');
  const { reason } = await workstation.sync.run();
  if (reason === null || !GIVEN_UP.has(reason)) throw serviceError('RULE', { rule: 'identity-in-order' });
  const kept = await readMeta(workstation.store.read, 'replacement-keys');
  const keys = kept === null ? await newKeys(context, 'replacement-keys') : (JSON.parse(kept) as PendingKeys);
  const signature = signText(
    await privateKeyOf(old, workstation.host),
    replaceText(old.deviceId, keys.publicKey),
  );
  const { oneTime, centreKey } = await centreOfCode(input.code, old.centreUrl, workstation.fetcher);
  const fetcher = signedFetch(workstation.fetcher, old.centreUrl, () => centreKey);
  const ask = { code: oneTime, name: old.deviceName, publicKey: keys.publicKey };
  const enrolled = await callPublic(old.centreUrl, fetcher, (client) =>
    client.enrol({
      ...ask,
      // A centre that was put back from a backup made before this one was enrolled has nothing to give up.
      ...(reason === 'device-unknown' ? {} : { replaces: { deviceId: old.deviceId, signature } }),
    }),
  );
  if (enrolled.unitPath !== old.unitPath) throw serviceError('CENTRE_REFUSED', { code: 'UNIT_DIFFERS' });
  const { deviceId, deviceCode } = enrolled;
  const identity = { ...old, ...keys, deviceId, deviceCode, centreKey, centreKeyCompared: true };
  const salvaged = await workstation.sync.withoutSending(async () => {
    // Read to its end before anything is recorded anew: it confirms what had arrived under the old identity.
    const link = createCentreLink(
      identity,
      workstation.host,
      workstation.fetcher,
      workstation.clock,
      async () => undefined,
    );
    const { store, directory } = workstation;
    const parts = { store, directory, link, deviceId, unitPath: identity.unitPath };
    await pull(parts).catch(async (error: unknown) => {
      if (!(error instanceof CentreRestored)) throw error;
      await compareWithFeed(parts, true);
    });
    const count = await workstation.replaceIdentity(identity, async (writer) => {
      await writer.deleteFrom('meta').where('key', '=', 'replacement-keys').execute();
      // Otherwise another copy may hold the same numbers.
      if (reason === 'device-unknown') await keepFormerDevice(writer, old.deviceId);
      return startNewLog(writer, deviceId, workstation.clock().toISOString());
    });
    workstation.sync.logRestarted(count);
    return count;
  });
  await workstation.sync.run();
  return { salvaged, state: await state(context) };
}

export const session = {
  state: openOs.session.state.handler(({ context }) => state(context)),
  people: openOs.session.people.handler(async ({ context }) =>
    (await accounts(context)).map(({ id, name, role }) => ({ staffId: id, name, role: role as Role })),
  ),
  signIn: openOs.session.signIn.handler(({ context, input }) =>
    signIn(context, input.staffId, input.password),
  ),
  signOut: openOs.session.signOut.handler(({ context }) => {
    context.client.staff = null;
    return { ok: true as const };
  }),
  enrol: openOs.session.enrol.handler(({ context, input }) => enrol(context, input)),
  enrolAgain: openOs.session.enrolAgain.handler(({ context, input }) => enrolAgain(context, input)),
  trustCentre: os.session.trustCentre.handler(async ({ context, input }) => {
    await trustCentre(context.workstation, input.fingerprint);
    return state(context);
  }),
};
