import { oc } from '@orpc/contract';
import type { DisclosureScope } from '../../domain/disclosure/index.ts';
import type { Capability, Scope } from '../../domain/organisation/index.ts';
import type { Declares } from '../access.ts';
import { centreErrors } from './errors.ts';

/** Anybody, with the reason why nobody has to show who they are. */
export type OpenAccess = { who: 'open'; reason: string };
/** A workstation, by its session's token. Of units it names in the fields of its scope, only its own and those below. */
export type DeviceAccess = { who: 'device'; scope: Scope };
/**
 * A workstation in the name of a person, `staffId` in the input: an active account of that very unit whose role has the
 * capability. The workstation is believed who sits before it; what they are, the centre knows.
 */
export type PersonAccess = { who: 'person'; capability: Capability; scope: Scope };
/** A body outside, by a token that an administrator issued for it: for this scope, and for merchants of the token's unit and below it. */
export type TokenAccess = { who: 'token'; grants: DisclosureScope };
/** An administrator, by their token. */
export type AdministratorAccess = { who: 'administrator' };
export type Access = OpenAccess | DeviceAccess | PersonAccess | TokenAccess | AdministratorAccess;

/** Every call of the centre declares its access, and can fail in the same named ways. */
const declare = <One extends Access>(access: One) => oc.$meta<Declares<One>>({ access }).errors(centreErrors);

export const open = (reason: string) => declare<OpenAccess>({ who: 'open', reason });

/** @throws NOT_AUTHENTICATED, DEVICE_REVOKED, TOO_MANY_REQUESTS; FORBIDDEN outside the scope */
export const device = (scope: Scope) => declare<DeviceAccess>({ who: 'device', scope });

/** @throws FORBIDDEN for anybody else, and what `device` throws */
export const person = (capability: Capability, scope: Scope) =>
  declare<PersonAccess>({ who: 'person', capability, scope });

/** A person who answers for the units below. */
export const supervisor = (scope: Scope) => person('supervision.read', scope);

/** @throws NOT_AUTHENTICATED and FORBIDDEN, each naming field and rule; TOO_MANY_REQUESTS */
export const token = (grants: DisclosureScope) => declare<TokenAccess>({ who: 'token', grants });

/** @throws NOT_AUTHENTICATED */
export const administrator = declare<AdministratorAccess>({ who: 'administrator' });
