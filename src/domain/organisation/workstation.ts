import { z } from 'zod';
import { numberSchemas, type NumberHolding } from '../numbers/index.ts';
import { Id, Instant, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';

const Count = z.int().min(0);
/** What a resync found, and when by the workstation's clock. */
const compared = {
  compared: Count,
  missing: Count,
  different: Count,
  extra: Count,
  mended: Count,
  at: Instant,
};

export const workstationSchemas = {
  'workstation-enrolled@1': z.object({
    name: z.string().min(1).max(60),
    unitPath: UnitPath,
    /** Short code, unique in its unit, part of the numbers made offline on it. */
    code: z.string().regex(/^[A-Z0-9]{1,4}$/),
    /** Raw Ed25519 public key, base64url. */
    publicKey: z.string().min(40).max(60),
    /** The identity that this installation gave up: what it had not sent under that one, it sends under this one. */
    replaces: Id.optional(),
  }),
  'workstation-revoked@1': z.object({ reason: z.string().max(200) }),
  /** The workstation shall read its feed from the beginning and compare; who asked for it, and why. */
  'resync-asked@1': z.object({
    id: z.uuid(),
    reason: z.string().min(1).max(200),
    by: z.object({ staffId: Id, name: z.string().min(1).max(60) }),
  }),
  'resync-finished@1': z.object({ asked: z.uuid(), ...compared }),
  ...numberSchemas,
};

export type WorkstationState = {
  id: string;
  name: string;
  unitPath: string;
  code: string;
  publicKey: string;
  revoked: boolean;
  replaces?: string | undefined;
  /** The last resync that was asked for, and what it found. Absent where none ever was. */
  resync?: {
    id: string;
    reason: string;
    by: { staffId: string; name: string };
    askedAt: string;
    result: {
      compared: number;
      missing: number;
      different: number;
      extra: number;
      mended: number;
      at: string;
    } | null;
  };
} & NumberHolding;

/** Applies one fact to an enrolled installation. Made by the centre only. */
export function applyWorkstation(state: WorkstationState | undefined, fact: Fact): Ruling<WorkstationState> {
  const read = readPayload(workstationSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (read.key === 'workstation-enrolled@1') {
    if (state) return illegal('workstation-exists');
    return legal({ id: fact.stream.id, ...read.payload, revoked: false });
  }
  if (!state) return illegal('workstation-missing');
  if (read.key === 'numbers-leased@1') {
    const { leases = [] } = state;
    const highest = Math.max(
      0,
      ...leases.filter((one) => one.year === read.payload.year).map((one) => one.last),
    );
    // Upward only: a workstation uses its numbers in the order in which it got them.
    if (read.payload.first <= highest) return illegal('numbers-not-upward', 'first', { highest });
    return legal({ ...state, leases: [...leases, read.payload] });
  }
  if (read.key === 'numbers-voided@1') {
    return legal({ ...state, voided: [...(state.voided ?? []), read.payload] });
  }
  if (read.key === 'resync-asked@1') {
    return legal({ ...state, resync: { ...read.payload, askedAt: fact.at, result: null } });
  }
  if (read.key === 'resync-finished@1') {
    const { asked, ...result } = read.payload;
    if (state.resync?.id !== asked) return illegal('resync-not-asked');
    return legal({ ...state, resync: { ...state.resync, result } });
  }
  return legal({ ...state, revoked: true });
}
