import { z } from 'zod';

/** A field and the rule it breaks; the interface words it in the user's language as `rule.<rule>`. */
export const FieldIssue = z.object({
  field: z.string(),
  rule: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FieldIssue = z.infer<typeof FieldIssue>;

const Rule = z.object({
  rule: z.string(),
  field: z.string().optional(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/**
 * Every error a screen can meet, with its HTTP status: a refusal is a 4xx, a fault of this machine or on the way a 5xx.
 * Whatever the error, nothing was half-applied, and what was typed stays in the form and in its draft.
 */
export const workstationErrors = {
  NOT_SIGNED_IN: { status: 401, message: 'Sign in first' },
  /** Somebody is signed in, and has locked the window or left it alone. */
  LOCKED: { status: 423, message: 'The window is locked' },
  NOT_ENROLLED: { status: 409, message: 'This workstation is not enrolled' },
  NOT_PERMITTED: {
    status: 403,
    message: 'Role or scope does not allow this',
    data: z.object({ capability: z.string() }),
  },
  NOT_FOUND: { status: 404, message: 'No such record in sight' },
  SIGN_IN_FAILED: { status: 401, message: 'Name or password is wrong' },
  /** Too many were wrong: the next is looked at after so many seconds, and this one was not. */
  SIGN_IN_WAIT: {
    status: 429,
    message: 'Wait before the next password',
    data: z.object({ seconds: z.int().min(1) }),
  },
  /** No PIN helps here: none is set, the password was not given since the start, or too many were wrong. */
  PASSWORD_NEEDED: { status: 401, message: 'The password is needed' },
  PIN_WRONG: {
    status: 401,
    message: 'The PIN is wrong',
    data: z.object({ left: z.int().min(0) }),
  },
  /** The workstation has not reached its centre for so long that nobody new is let in. */
  SIGN_IN_EXPIRED: {
    status: 403,
    message: 'Reach the centre first',
    data: z.object({ days: z.int() }),
  },
  /** Input does not have the right form: each issue names its field and rule. */
  INPUT_INVALID: {
    status: 422,
    message: 'Input is not valid',
    data: z.object({ issues: z.array(FieldIssue) }),
  },
  /** A rule of the procedure refuses the step. */
  RULE: { status: 422, message: 'A rule refuses this', data: Rule },
  /** Someone else changed the record since it was shown. */
  CONFLICT: { status: 409, message: 'The record has changed', data: z.object({ revision: z.int() }) },
  STORAGE_FULL: { status: 507, message: 'The disk is full; nothing was saved' },
  STORAGE_BUSY: { status: 503, message: 'The database is locked by another program; nothing was saved' },
  STORAGE_UNREADABLE: { status: 503, message: 'The disk cannot be read or written; nothing was saved' },
  STORAGE_DENIED: { status: 503, message: 'The data folder may not be written; nothing was saved' },
  /** The database cannot be read as a whole: what happened and what can be saved, `repair.state` says. */
  STORAGE_DAMAGED: { status: 503, message: 'The database is damaged; nothing was saved' },
  CENTRE_UNREACHABLE: {
    status: 503,
    message: 'The centre cannot be reached',
    data: z.object({ reason: z.string() }),
  },
  /** The centre answered with a refusal of its own. */
  CENTRE_REFUSED: { status: 409, message: 'The centre refused', data: z.object({ code: z.string() }) },
  FILE_UNREADABLE: { status: 422, message: 'The file cannot be read', data: Rule },
} as const;
export type WorkstationErrorCode = keyof typeof workstationErrors;
