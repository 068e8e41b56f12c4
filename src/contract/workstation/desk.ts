import { type } from '@orpc/contract';
import { z } from 'zod';
import { RollupQuery, type RollupUnit, type RollupView } from '../centre/rollup.ts';
import { NO_SCOPE, OWN_UNIT, unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, open, signedIn } from './base.ts';
import type { CaseSummary } from './case.ts';
import type { ReturnSummary } from './return.ts';
import type { SyncStatus } from './sync.ts';

export type Today = {
  /** The day in Asia/Shanghai. */
  day: string;
  /** My unit's open cases, earliest deadline first. */
  cases: CaseSummary[];
  /** Those that the signed-in person holds, earliest deadline first, and how many there are. */
  assigned: CaseSummary[];
  assignedCases: number;
  openCases: number;
  overdueCases: number;
  dueToday: number;
  returnsToday: ReturnSummary[];
  returnsWaiting: number;
  /** Cases of my unit closed in the last 90 days on which a review made remarks. */
  remarks: number;
  sync: SyncStatus;
};

export const today = { get: signedIn(OWN_UNIT).output(type<Today>()) };

/** A form not yet saved. `key` names the form and its record, such as `case-new` or `case-settled:<id>`. */
export const Draft = z.object({
  key: z.string().min(1).max(120),
  title: z.string().max(120),
  values: z.record(z.string(), z.unknown()),
});
export type Draft = z.infer<typeof Draft> & { savedAt: string };

export const drafts = {
  list: signedIn(NO_SCOPE).output(type<Draft[]>()),
  get: signedIn(NO_SCOPE)
    .input(z.object({ key: z.string().min(1).max(120) }))
    .output(type<Draft | null>()),
  save: signedIn(NO_SCOPE).input(Draft).output(type<{ savedAt: string }>()),
  discard: signedIn(NO_SCOPE)
    .input(z.object({ key: z.string().min(1).max(120) }))
    .output(type<{ ok: true }>()),
};

export const rollup = {
  /** The units below the signed-in person's scope that may be looked at. */
  units: capable('rollup.read', unitAndBelow()).output(type<RollupUnit[]>()),
  /** From the centre, or the last copy when it cannot be reached; `stale` then says since when. */
  get: capable('rollup.read', unitAndBelow('path'))
    .input(RollupQuery)
    .output(type<{ view: RollupView; fetchedAt: string; stale: boolean }>()),
};

export type Settings = {
  language: 'zh-CN' | 'en';
  density: 'compact' | 'comfortable' | 'large';
  theme: 'light' | 'dark' | 'high-contrast';
};

export type Diagnostics = {
  release: string;
  host: 'electron' | 'node';
  deviceId: string | null;
  dataFolder: string;
  databaseBytes: number;
  events: number;
  cases: number;
  calendarYears: number[];
  /** The last lines of the local log, without personal data. */
  recentProblems: { at: string; code: string; text: string }[];
};

export const settings = {
  get: open('Language and look are those of the desk.').output(type<Settings>()),
  set: open('Who cannot read the language must be able to change it before signing in.')
    .input(
      z.object({
        language: z.enum(['zh-CN', 'en']).optional(),
        density: z.enum(['compact', 'comfortable', 'large']).optional(),
        theme: z.enum(['light', 'dark', 'high-contrast']).optional(),
      }),
    )
    .output(type<Settings>()),
  diagnostics: open(
    'Who cannot sign in must be able to say what is wrong; nothing in it is about people.',
  ).output(type<Diagnostics>()),
};
