import { z } from 'zod';
import { DayText, Id } from '../../domain/kernel/event/event.ts';
import { AdministratorScope } from '../../domain/organisation/index.ts';
import { Count, Time } from './values.ts';

/** The code of the second sign-in goes with a call that needs one. */
export const SECOND_CODE_HEADER = 'x-heshi-code';
/** What the centre has to say of the token of a call, beside its answer: `token-unnamed`, `token-ends-soon`. */
export const NOTICE_HEADER = 'x-heshi-notice';

export const AdministratorInput = z.object({
  name: z.string().trim().min(1).max(60),
  scopes: z.array(AdministratorScope).min(1).max(AdministratorScope.options.length),
  /** The last day on which the token is good. */
  until: DayText,
});
export type AdministratorInput = z.infer<typeof AdministratorInput>;

/** Token and secret are told this once; the centre keeps the token's hash. */
export const AdministratorIssued = z.object({
  tokenId: z.string(),
  token: z.string(),
  until: z.string(),
  /** The `otpauth:` address by which an authenticator makes the codes of the second sign-in; null where it has it. */
  second: z.string().nullable(),
});
export type AdministratorIssued = z.infer<typeof AdministratorIssued>;

export const AdministratorListed = z.object({
  tokenId: z.string(),
  name: z.string(),
  scopes: z.array(AdministratorScope),
  until: z.string(),
  issuedAt: Time,
  issuedBy: z.string(),
  revokedAt: Time.nullable(),
  revokedBy: z.string().nullable(),
});
export type AdministratorListed = z.infer<typeof AdministratorListed>;
export const AdministratorList = z.object({
  tokens: z.array(AdministratorListed),
  /** Tokens of releases before, with neither name nor end. */
  unnamed: Count,
});

export const TokenReplacement = z.object({ until: DayText });
/** A token by its id; `unnamed` is all that have neither name nor end. */
export const AdministratorTokenReference = z.object({ tokenId: Id });

/** What somebody did, without what they did it with. */
export const AdministratorAct = z.object({
  at: Time,
  administrator: z.string(),
  tokenId: z.string(),
  call: z.string(),
  /** `done`, `begun` where it was cut, or what it was refused for. */
  outcome: z.string(),
});
export const ActQuery = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(200) });
