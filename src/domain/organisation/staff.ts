import { z } from 'zod';
import { Instant, isRole, OpenName, Role, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';

const Assignment = z.object({ role: Role, unitPath: UnitPath });
/** The same in a role that this release may not know: it is then kept and passed on, and gives nobody anything here. */
const OpenAssignment = Assignment.extend({ role: OpenName });
const Account = {
  name: z.string().min(1).max(60),
  /** PHC string of argon2id; offline sign-in needs it at the person's own unit, and nowhere else. */
  passwordHash: z.string().startsWith('$argon2id$').max(300),
};
/** `until` is when it ended, by the centre's clock; absent while it lasts. */
type Held = z.infer<typeof Assignment> & { until?: string };

export const staffSchemas = {
  'staff-added@1': Assignment.extend(Account),
  'staff-added@2': OpenAssignment.extend(Account),
  'staff-assigned@1': Assignment,
  'staff-assigned@2': OpenAssignment,
  'password-changed@1': z.object({ passwordHash: z.string().startsWith('$argon2id$').max(300) }),
  'staff-deactivated@1': z.object({ on: Instant }),
};

/** The roles that releases of before version 2 of these facts know. To them another role in version 1 would be a broken fact. */
const FIRST_ROLES: ReadonlySet<Role> = new Set(['mediator', 'shop-manager', 'supervisor', 'administrator']);

/** The version in which somebody is added or assigned: the first wherever it does, so that older releases go on reading it. */
export const assignmentVersion = (role: Role): 1 | 2 => (FIRST_ROLES.has(role) ? 1 : 2);

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
  const unknown = { kind: 'unknown', type: fact.type, version: fact.version } as const;
  if (read.key === 'staff-added@1' || read.key === 'staff-added@2') {
    const { role, unitPath, name, passwordHash } = read.payload;
    if (!isRole(role)) return unknown;
    if (state) return illegal('staff-exists');
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
    case 'staff-assigned@2': {
      const { role, unitPath } = read.payload;
      if (!isRole(role)) return unknown;
      const assigned = { role, unitPath };
      return legal({ ...state, ...assigned, assignments: [...ended(state, fact.at), assigned] });
    }
    case 'password-changed@1':
      return legal({ ...state, passwordHash: read.payload.passwordHash });
    case 'staff-deactivated@1':
      return legal({ ...state, active: false, assignments: ended(state, read.payload.on) });
  }
}

/** What a person has held until now, none of it any longer. */
const ended = ({ assignments }: StaffState, until: string): Held[] =>
  assignments.map((one) => ({ ...one, until: one.until ?? until }));
