import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Capability, Scope } from '../../domain/organisation/index.ts';
import type { Declares } from '../access.ts';
import { workstationErrors } from './errors.ts';

/** Anybody who stands before the workstation, with the reason why nobody has to sign in. */
export type OpenAccess = { who: 'open'; reason: string };
/** Whoever is signed in, with what else is asked of them. The kernel asks before the input is validated. */
export type StaffAccess =
  /** `locked` where it is answered while the window is locked, for whoever locked it. */
  | { who: 'signed-in'; scope: Scope; locked?: true }
  /** Whose role has all of these. */
  | { who: 'capable'; needs: readonly Capability[]; scope: Scope }
  /** What it takes depends on a field of the input: on the step that is taken, say. */
  | {
      who: 'capable-by';
      field: string;
      needs: Readonly<Record<string, readonly Capability[]>>;
      scope: Scope;
    };
export type Access = OpenAccess | StaffAccess;

/** What else a call declares: why personal data leaves by it as it is, where it does. */
type Shown = Omit<Declares<Access>, 'access'>;

/** Every procedure of the workstation declares its access, and can fail in the same named ways. */
const declare = <One extends Access>(access: One, shown: Shown = {}) =>
  oc.$meta<Declares<One>>({ access, ...shown }).errors(workstationErrors);

/** A call that anybody may make before anybody has signed in. */
export const open = (reason: string) => declare<OpenAccess>({ who: 'open', reason });

/** A call for whoever is signed in. @throws NOT_SIGNED_IN, LOCKED; NOT_FOUND outside the scope */
export const signedIn = (scope: Scope, shown?: Shown) =>
  declare<StaffAccess>({ who: 'signed-in', scope }, shown);

/** The same, and answered while that person's window is locked: only what takes something from it, and tells nothing. */
export const signedInOrLocked = (scope: Scope) =>
  declare<StaffAccess>({ who: 'signed-in', scope, locked: true });

/** A call for whose role has the capability, or all of them. @throws NOT_PERMITTED, and what `signedIn` throws */
export const capable = (needs: Capability | readonly Capability[], scope: Scope, shown?: Shown) =>
  declare<StaffAccess>({ who: 'capable', needs: [needs].flat(), scope }, shown);

/**
 * A call whose field of that name decides which capability it takes. Of a value that is none of them nothing can be
 * done, but only whoever has a capability for one of them is told so.
 */
export const capableBy = (
  field: string,
  needs: Readonly<Record<string, Capability | readonly Capability[]>>,
  scope: Scope,
  shown?: Shown,
) =>
  declare<StaffAccess>(
    {
      who: 'capable-by',
      field,
      needs: Object.fromEntries(Object.entries(needs).map(([value, all]) => [value, [all].flat()])),
      scope,
    },
    shown,
  );

/** The id of a fact, made once by the form that records it: the same save again, after a lost answer, is the same fact. */
export const FormId = z.uuidv7();

/**
 * A page of a list: `cursor` is what the page before gave, and opaque; one that no page of the same order gave is
 * INPUT_INVALID. It may hold a merchant's whole name.
 */
export const Page = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.int().min(1).max(200).default(50),
});

/** A list counts its records up to here; a `total` of one more means that there are more. */
export const COUNT_LIMIT = 1000;
