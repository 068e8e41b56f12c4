import { z } from 'zod';

/** Every refusal of the centre, with its HTTP status. */
export const centreErrors = {
  /** Input does not have the right form: each issue names its field and rule. */
  INPUT_INVALID: {
    status: 400,
    message: 'Input is not valid',
    data: z.object({
      issues: z.array(z.object({ field: z.string(), rule: z.string(), message: z.string() })),
    }),
  },
  /** Of a token of a body outside, it says why. */
  NOT_AUTHENTICATED: {
    status: 401,
    message: 'No valid session',
    data: z.object({ field: z.string(), rule: z.string() }).optional(),
  },
  FORBIDDEN: {
    status: 403,
    message: 'Outside the caller’s scope',
    data: z.object({ field: z.string(), rule: z.string() }).optional(),
  },
  /** No such merchant, or none of the token's unit: the two are not told apart. */
  MERCHANT_UNKNOWN: { status: 404, message: 'No such merchant' },
  DEVICE_REVOKED: { status: 403, message: 'This workstation was revoked' },
  /** The device's log and the centre's differ: two devices with one identity, or an old backup. */
  CHAIN_BROKEN: {
    status: 409,
    message: 'The log does not continue what the centre has',
    data: z.object({ sequence: z.int(), expectedHash: z.string(), reason: z.string() }),
  },
  /** Events are missing between the centre's head and the first pushed one. */
  SEQUENCE_GAP: {
    status: 409,
    message: 'Events are missing',
    data: z.object({ expected: z.int() }),
  },
  SIGNATURE_INVALID: { status: 400, message: 'The signature is not this device’s' },
  CODE_UNKNOWN: { status: 404, message: 'No such enrolment code' },
  CODE_EXPIRED: { status: 410, message: 'The enrolment code has expired' },
  CODE_USED: { status: 409, message: 'The enrolment code was used before' },
  /** Not in the archive, or out of the unit's sight: the two are not told apart. */
  ARCHIVED_UNKNOWN: { status: 404, message: 'No such case in the archive' },
  DEVICE_UNKNOWN: { status: 404, message: 'No such workstation' },
  /** This workstation has asked more than a workstation's work needs; in so many seconds it may ask again. */
  TOO_MANY_QUESTIONS: {
    status: 429,
    message: 'Too many questions',
    data: z.object({ retryAfterSeconds: z.int() }),
  },
  /** More calls than one device or address may make; in so many seconds it may go on. `Retry-After` says the same. */
  TOO_MANY_REQUESTS: {
    status: 429,
    message: 'Too many calls',
    data: z.object({ retryAfterSeconds: z.int() }),
  },
  /** This process has as much to do as it takes on; nothing was done. `Retry-After` says the same. */
  OVERLOADED: {
    status: 503,
    message: 'Busy; nothing was done',
    data: z.object({ retryAfterSeconds: z.int() }),
  },
  /** A code of another unit cannot replace a workstation: its facts belong to its own unit. The code is not spent. */
  UNIT_DIFFERS: {
    status: 409,
    message: 'The code is for another unit',
    data: z.object({ path: z.string() }),
  },
  /** The states of this centre's release are not those the asker's release makes; the feed serves both. */
  SNAPSHOT_FORM_DIFFERS: { status: 409, message: 'States of another release' },
  UNIT_UNKNOWN: { status: 404, message: 'No such unit', data: z.object({ path: z.string() }) },
  RULE: {
    status: 422,
    message: 'A rule refuses this',
    data: z.object({
      rule: z.string(),
      field: z.string().optional(),
      parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  },
} as const;
export type CentreErrorCode = keyof typeof centreErrors;
