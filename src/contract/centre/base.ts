import { oc } from '@orpc/contract';
import type { TokenScope } from '../../domain/disclosure/index.ts';
import type { AdministratorScope, Capability, Scope } from '../../domain/organisation/index.ts';
import type { Declares } from '../access.ts';
import { centreErrors } from './errors.ts';

/** Anybody, with the reason why nobody has to show who they are. */
export type OpenAccess = { who: 'open'; reason: string };
/** A workstation, by its session's token. Of units it names in the fields of its scope, only its own and those below. */
export type DeviceAccess = { who: 'device'; scope: Scope };
/**
 * A workstation in the name of a person, `staffId` in the input: an active account of that very unit whose role has
 * all of these. The workstation is believed who sits before it; what they are, the centre knows.
 */
export type PersonAccess = { who: 'person'; needs: readonly Capability[]; scope: Scope };
/** A body outside, by a token that an administrator issued for it: for this scope, and for merchants of the token's unit and below it. */
export type TokenAccess = { who: 'token'; grants: TokenScope };
/**
 * An administrator, by a token that is for this. What is `dangerous` needs a code of their second sign-in beside it; a rehearsal, by
 * `dryRun` in the input, does not. (A call is dangerous that lets somebody in under another's name, shuts a workstation out, changes the
 * rules for everybody, gives data out, writes over what is kept, or makes administrators. An enrolment code is not: it is daily work, it
 * ends in a day, and what comes of it is seen and revoked.)
 */
export type AdministratorAccess = { who: 'administrator'; for: AdministratorScope; dangerous: boolean };
export type Access = OpenAccess | DeviceAccess | PersonAccess | TokenAccess | AdministratorAccess;

/** What else a call declares: why personal data leaves by it as it is, where it does. */
type Shown = Omit<Declares<Access>, 'access'>;

/** Every call of the centre declares its access, and can fail in the same named ways. */
const declare = <One extends Access>(access: One, shown: Shown = {}) =>
  oc.$meta<Declares<One>>({ access, ...shown }).errors(centreErrors);

export const open = (reason: string) => declare<OpenAccess>({ who: 'open', reason });

/** @throws NOT_AUTHENTICATED, DEVICE_REVOKED, TOO_MANY_REQUESTS; FORBIDDEN outside the scope */
export const device = (scope: Scope, shown?: Shown) => declare<DeviceAccess>({ who: 'device', scope }, shown);

/** @throws FORBIDDEN for anybody else, and what `device` throws */
export const person = (needs: Capability | readonly Capability[], scope: Scope) =>
  declare<PersonAccess>({ who: 'person', needs: [needs].flat(), scope });

/** A person who answers for the units below. */
export const supervisor = (scope: Scope) => person('supervision.read', scope);

/** @throws NOT_AUTHENTICATED and FORBIDDEN, each naming field and rule; TOO_MANY_REQUESTS */
export const token = (grants: TokenScope) => declare<TokenAccess>({ who: 'token', grants });

/** @throws NOT_AUTHENTICATED, and FORBIDDEN where the token is for something else, each naming why */
export const administrator = (scope: AdministratorScope) =>
  declare<AdministratorAccess>({ who: 'administrator', for: scope, dangerous: false });

/** The same with a second sign-in. @throws FORBIDDEN naming `code` and why; TOO_MANY_REQUESTS */
export const dangerous = (scope: AdministratorScope) =>
  declare<AdministratorAccess>({ who: 'administrator', for: scope, dangerous: true });
