import { z } from 'zod';
import { Instant, Role, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';

const Assignment = z.object({ role: Role, unitPath: UnitPath });
/** `until` is when it ended, by the centre's clock; absent while it lasts. */
type Held = z.infer<typeof Assignment> & { until?: string };

export const staffSchemas = {
  'staff-added@1': Assignment.extend({
    name: z.string().min(1).max(60),
    /** PHC string of argon2id; offline sign-in needs it at the person's own unit, and nowhere else. */
    passwordHash: z.string().startsWith('$argon2id$').max(300),
  }),
  'staff-assigned@1': Assignment,
  'password-changed@1': z.object({ passwordHash: z.string().startsWith('$argon2id$').max(300) }),
  'staff-deactivated@1': z.object({ on: Instant }),
};

export type StaffState = {
  id: string;
  name: string;
  role: Role;
  unitPath: string;
  passwordHash: string;
  active: boolean;
  /** Every role and unit ever held: work done under an earlier one stays valid, while it lasted. */
  assignments: Held[];
};

/** Applies one fact to a person's account. Administrators only; people change their own password. */
export function applyStaff(state: StaffState | undefined, fact: Fact): Ruling<StaffState> {
  const read = readPayload(staffSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const own = read.key === 'password-changed@1' && fact.actor.staffId === fact.stream.id;
  if (fact.actor.role !== 'administrator' && !own)
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (read.key === 'staff-added@1') {
    if (state) return illegal('staff-exists');
    const { role, unitPath, name, passwordHash } = read.payload;
    return legal({
      id: fact.stream.id,
      name,
      role,
      unitPath,
      passwordHash,
      active: true,
      assignments: [{ role, unitPath }],
    });
  }
  if (!state) return illegal('staff-missing');
  switch (read.key) {
    case 'staff-assigned@1':
      return legal({
        ...state,
        ...read.payload,
        assignments: [...ended(state, fact.at), read.payload],
      });
    case 'password-changed@1':
      return legal({ ...state, passwordHash: read.payload.passwordHash });
    case 'staff-deactivated@1':
      return legal({ ...state, active: false, assignments: ended(state, read.payload.on) });
  }
}

/** What a person has held until now, none of it any longer. */
const ended = ({ assignments }: StaffState, until: string): Held[] =>
  assignments.map((one) => ({ ...one, until: one.until ?? until }));
