import { z } from 'zod';
import { UnitPath, type Fact } from '../event/event.ts';
import { illegal, legal, type Ruling } from '../event/ruling.ts';
import { readPayload } from '../event/schema.ts';

export const workstationSchemas = {
  'workstation-enrolled@1': z.object({
    name: z.string().min(1).max(60),
    unitPath: UnitPath,
    /** Short code, unique in its unit, part of the numbers made offline on it. */
    code: z.string().regex(/^[A-Z0-9]{1,4}$/),
    /** Raw Ed25519 public key, base64url. */
    publicKey: z.string().min(40).max(60),
  }),
  'workstation-revoked@1': z.object({ reason: z.string().max(200) }),
};

export type WorkstationState = {
  id: string;
  name: string;
  unitPath: string;
  code: string;
  publicKey: string;
  revoked: boolean;
};

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
  return legal({ ...state, revoked: true });
}
