import { type } from '@orpc/contract';
import { z } from 'zod';
import type { Role } from '../../domain/kernel/event/event.ts';
import type { Capability, Party } from '../../domain/organisation/index.ts';
import { OWN_UNIT } from '../../domain/organisation/index.ts';
import { isProtectedAddress } from '../../domain/kernel/text/index.ts';
import { open, signedIn } from './base.ts';

export type UnitSummary = {
  path: string;
  name: string;
  level: number;
  party: Party;
  disputePoint: boolean;
};
export type SignedIn = {
  staffId: string;
  name: string;
  role: Role;
  unit: UnitSummary;
  capabilities: Capability[];
};

export type SessionState = {
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
  release: string;
  host: 'electron' | 'node';
  /** The workstation's clock when it answered, with offset: what a screen takes the day from. */
  now: string;
};

/** What an administrator gives out: the one-time code and the centre's fingerprint. */
const EnrolmentCode = z.string().trim().min(6).max(60);

export const session = {
  state: open('What the sign-in screen shows.').output(type<SessionState>()),
  /** Active accounts of this workstation's unit, for the sign-in screen. */
  people: open('The sign-in screen offers the accounts of this unit.').output(
    type<{ staffId: string; name: string; role: Role }[]>(),
  ),
  signIn: open('How one signs in.')
    .input(z.object({ staffId: z.string().min(1).max(64), password: z.string().min(1).max(200) }))
    .output(type<SignedIn>()),
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
   * Takes another key as the centre's from now on, which the centre has to have: its fingerprint is on the centre's own machine, and
   * comes to this one by another way than the line. Also marks the present one as compared. @throws RULE `centre-differs`
   */
  trustCentre: signedIn(OWN_UNIT)
    .input(z.object({ fingerprint: z.string().trim().min(16).max(40) }))
    .output(type<SessionState>()),
};
