import type { SessionState } from '../../contract/workstation/session.ts';
import { generateDeviceKeys, replaceText, signText } from '../../protocol/keys.ts';
import { signedFetch } from '../../protocol/signed-answers.ts';
import { readMeta, startNewLog, writeMeta } from '../kernel/store/index.ts';
import { callPublic, createCentreLink } from '../kernel/sync/centre-link.ts';
import { forgetSealed, setSealedAside } from '../evidence/index.ts';
import { keepFormerDevice } from '../numbers/index.ts';
import { CentreRestored, pull } from '../kernel/sync/cycle.ts';
import { privateKeyOf } from '../kernel/sync/identity.ts';
import { compareWithFeed } from '../kernel/sync/resync.ts';
import type { CallContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { openOs, os } from '../kernel/implementer.ts';
import { centreOfCode, trustCentre } from './centre-trust.ts';
import { entering, state } from './entering.ts';
import { recover } from './recover.ts';

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
const GIVEN_UP = new Set(['chain-broken', 'device-revoked', 'device-unknown', 'host-key-lost']);

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
  // A centre that was put back from a backup made before this one was enrolled has nothing to give up; and without the old key
  // nobody can give it up but an administrator.
  const replaces =
    reason === 'device-unknown' || reason === 'host-key-lost'
      ? {}
      : {
          replaces: {
            deviceId: old.deviceId,
            signature: signText(
              await privateKeyOf(old, workstation.host),
              replaceText(old.deviceId, keys.publicKey),
            ),
          },
        };
  const { oneTime, centreKey } = await centreOfCode(input.code, old.centreUrl, workstation.fetcher);
  const fetcher = signedFetch(workstation.fetcher, old.centreUrl, () => centreKey);
  const ask = { code: oneTime, name: old.deviceName, publicKey: keys.publicKey };
  const enrolled = await callPublic(old.centreUrl, fetcher, (client) =>
    client.enrol({ ...ask, ...replaces }),
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
      if (reason === 'host-key-lost') await forgetSealed(writer);
      return startNewLog(writer, deviceId, workstation.clock().toISOString());
    });
    workstation.sync.logRestarted(count);
    if (reason === 'host-key-lost') await setSealedAside(store.folder, workstation.clock());
    return count;
  });
  await workstation.sync.run();
  return { salvaged, state: await state(context) };
}

export const session = {
  ...entering,
  enrol: openOs.session.enrol.handler(({ context, input }) => enrol(context, input)),
  enrolAgain: openOs.session.enrolAgain.handler(({ context, input }) => enrolAgain(context, input)),
  recover: openOs.session.recover.handler(async ({ context, input }) => {
    await recover(context.gate, context.gate.fetcher, input.code);
    return state(context);
  }),
  trustCentre: os.session.trustCentre.handler(async ({ context, input }) => {
    await trustCentre(context.workstation, input.fingerprint);
    return state(context);
  }),
};
