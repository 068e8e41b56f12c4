import type { SessionState, UnitSummary } from '../../contract/workstation/session.ts';
import { fingerprintOf } from '../../protocol/centre-key.ts';
import type { WorkstationParts } from '../kernel/parts.ts';
import { accountOf, type Account } from '../kernel/sessions.ts';
import type { Directory } from '../kernel/store/index.ts';
import { openersOf } from '../kernel/vault/index.ts';

/** A unit as a screen names it, also one that is not known here. */
export function unitSummary(directory: Directory, path: string): UnitSummary {
  return (
    directory.unit(path) ?? {
      path,
      name: directory.nameOf(path),
      level: directory.levelOf(path),
      party: directory.partyOf(path),
      disputePoint: true,
      body: null,
    }
  );
}

/** What a screen shows of whose workstation this is; null before it is enrolled. */
export function enrolmentOf({
  identity,
  directory,
}: Pick<WorkstationParts, 'identity' | 'directory'>): SessionState['enrolment'] {
  const known = identity();
  if (known === null) return null;
  const { deviceId, deviceCode, deviceName, centreUrl } = known;
  return {
    deviceId,
    deviceCode,
    deviceName,
    unit: unitSummary(directory, known.unitPath),
    centreUrl,
    centreKey:
      known.centreKey === undefined
        ? null
        : { fingerprint: fingerprintOf(known.centreKey), compared: known.centreKeyCompared ?? false },
  };
}

/** The active accounts of this workstation's unit, by name. */
export async function accountsHere({ identity, store }: WorkstationParts): Promise<Account[]> {
  const unitPath = identity()?.unitPath;
  if (unitPath === undefined) return [];
  const openers = await openersOf(store.read, unitPath);
  const all = await Promise.all(openers.map(({ staffId }) => accountOf(store.read, staffId)));
  return all.filter((one) => one !== undefined);
}
