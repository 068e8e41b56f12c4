import { type } from '@orpc/contract';
import { z } from 'zod';
import type { Role } from '../../domain/kernel/event/event.ts';
import { isProtectedAddress } from '../../domain/kernel/text/index.ts';
import {
  LEAST_PASSPHRASE,
  LEAST_PASSWORD,
  NO_SCOPE,
  OWN_UNIT,
  type Body,
  type Capability,
  type Party,
} from '../../domain/organisation/index.ts';
import { open, signedIn } from './base.ts';

export type UnitSummary = {
  path: string;
  name: string;
  level: number;
  party: Party;
  disputePoint: boolean;
  /** What it is outside the dispute hierarchy; null for a level of it. */
  body: Body | null;
};
export type SignedIn = {
  staffId: string;
  name: string;
  role: Role;
  unit: UnitSummary;
  capabilities: Capability[];
};

/** Why a session is over without its person's doing. `role`: the account has another role or name. */
export type SessionEnd = 'dismissed' | 'moved' | 'role' | 'password';

/** A window nobody may look into until its person, or the next one, has shown who they are. */
export type Lock = { reason: 'asked' | 'idle' | 'system'; at: string };

export type SessionState = {
  /** The store does not open: nothing else of this is known, and `repair` says what is. */
  damaged: boolean;
  /** What can be read of a damaged store is shown, and nothing is recorded. */
  readOnly: boolean;
  /** Null until the workstation is enrolled. */
  enrolment: {
    deviceId: string;
    deviceCode: string;
    deviceName: string;
    unit: UnitSummary | null;
    centreUrl: string;
    /** How the centre's key is known here, and whether a person had it from elsewhere than the line; null before there is one. */
    centreKey: { fingerprint: string; compared: boolean } | null;
  } | null;
  /** True when accounts have reached this workstation, so that someone can sign in. */
  ready: boolean;
  staff: SignedIn | null;
  /** Null while the window is open to whoever is signed in at it. */
  locked: Lock | null;
  /** Why nobody is signed in here any more; until somebody is. `drafts` are theirs, and kept. */
  ended: { name: string; reason: SessionEnd; at: string; drafts: number } | null;
  /** Whether whoever is signed in has a PIN here. */
  pin: boolean;
  /** Taken out of service by the centre: nothing can be recorded any more. */
  revoked: boolean;
  /** Days since the centre was reached, and whether that is so long that nobody new is let in. */
  offline: { days: number; expired: boolean; mostDays: number };
  release: string;
  host: 'electron' | 'node';
  /** `file`: no keyring of the system guards what is here, and people's passwords alone do. */
  sealing: 'system' | 'file';
  /** The workstation's clock when it answered, with offset: what a screen takes the day from. */
  now: string;
};

/** Facts that were never sent, sealed, on their way to the screen and out of it. */
export type CarriedFile = {
  fileName: string;
  mediaType: 'application/json';
  base64: string;
  facts: number;
};

const Pin = z.string().regex(/^\d{4,8}$/, { error: 'pin-form' });
/** What an administrator gives out: the one-time code and the centre's fingerprint. */
const EnrolmentCode = z.string().trim().min(6).max(60);

export const session = {
  state: open('What the sign-in screen shows.').output(type<SessionState>()),
  /** Active accounts of this workstation's unit, for the sign-in screen; `pin` where their PIN opens it now. */
  people: open('The sign-in screen offers the accounts of this unit.').output(
    type<{ staffId: string; name: string; role: Role; pin: boolean }[]>(),
  ),
  signIn: open('How one signs in.')
    .input(z.object({ staffId: z.string().min(1).max(64), password: z.string().min(1).max(200) }))
    .output(type<SignedIn>()),
  /** The same by PIN, for who has given their password since the workstation started. @throws PASSWORD_NEEDED, PIN_WRONG */
  pinSignIn: open('How one comes back.')
    .input(z.object({ staffId: z.string().min(1).max(64), pin: Pin }))
    .output(type<SignedIn>()),
  /** Closes the window to everybody's eyes; who was signed in stays so, and what was typed stays where it is. */
  lock: open('Whoever is not signed in has nothing to lock.').output(type<{ ok: true }>()),
  /** Somebody does something at the window: it does not lock itself yet. */
  touch: signedIn(NO_SCOPE).output(type<{ ok: true }>()),
  /** Sets one's PIN at this workstation, or none. @throws SIGN_IN_FAILED, SIGN_IN_WAIT, RULE */
  setPin: signedIn(NO_SCOPE)
    .input(z.object({ password: z.string().min(1).max(200), pin: Pin.nullable() }))
    .output(type<{ ok: true }>()),
  /** Ends one's sessions everywhere else. @throws SIGN_IN_FAILED, SIGN_IN_WAIT, RULE */
  changePassword: signedIn(NO_SCOPE)
    .input(
      z.object({
        password: z.string().min(1).max(200),
        next: z.string().min(LEAST_PASSWORD, { error: 'password-short' }).max(200),
      }),
    )
    .output(type<{ ok: true }>()),
  /** What was not sent, as a sealed file that a person can carry. @throws RULE nothing-unsent */
  carry: signedIn(NO_SCOPE)
    .input(z.object({ passphrase: z.string().min(LEAST_PASSPHRASE, { error: 'passphrase-short' }).max(200) }))
    .output(type<CarriedFile>()),
  signOut: open('Whoever is not signed in has nothing to leave.').output(type<{ ok: true }>()),
  enrol: open('There are no accounts yet; the code is what is asked for.')
    .input(
      z.object({
        centreUrl: z
          .url({ protocol: /^https?$/ })
          .max(300)
          .refine(isProtectedAddress, 'centre-unprotected'),
        code: EnrolmentCode,
        deviceName: z.string().trim().min(1).max(60),
      }),
    )
    .output(type<SessionState>()),
  /**
   * Gives up an identity that the centre does not go on with (an old backup put back, two with one identity, a
   * revoked one) for a new one of the same unit. What was not sent is carried over and listed as salvaged.
   */
  enrolAgain: open(
    'Accounts may be out of date under an identity that is given up; the code is what is asked for.',
  )
    .input(z.object({ code: EnrolmentCode }))
    .output(type<{ salvaged: number; state: SessionState }>()),
  /**
   * Opens a workstation that nobody's password opens, for an enrolment code of its unit, and reads from the centre who may sign in
   * now. Nobody is signed in by that. @throws RULE not-shut, centre-differs; CENTRE_REFUSED, CENTRE_UNREACHABLE
   */
  recover: open('Nobody can sign in; the code is what is asked for.')
    .input(z.object({ code: EnrolmentCode }))
    .output(type<SessionState>()),
  /**
   * Takes another key as the centre's from now on, which the centre has to have: its fingerprint is on the centre's own machine, and
   * comes to this one by another way than the line. Also marks the present one as compared. @throws RULE `centre-differs`
   */
  trustCentre: signedIn(OWN_UNIT)
    .input(z.object({ fingerprint: z.string().trim().min(16).max(40) }))
    .output(type<SessionState>()),
};
