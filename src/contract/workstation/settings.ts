import { type } from '@orpc/contract';
import { z } from 'zod';
import { open } from './base.ts';

export type Settings = {
  language: 'zh-CN' | 'en';
  density: 'compact' | 'comfortable' | 'large';
  theme: 'light' | 'dark' | 'high-contrast';
  /** How long what was just recorded stays here to be taken back, before it leaves by itself. */
  undoSeconds: number;
  /** After so long without anybody doing anything a window locks itself. */
  lockMinutes: number;
};

/** The longest that a fact is held back: supervisors wait for it. */
export const MOST_UNDO_SECONDS = 300;

/** The longest that a window may stay open with nobody before it. */
export const MOST_LOCK_MINUTES = 30;

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
  get: open('Language and look are those of the workstation.').output(type<Settings>()),
  set: open('Who cannot read the language must be able to change it before signing in.')
    .input(
      z.object({
        language: z.enum(['zh-CN', 'en']).optional(),
        density: z.enum(['compact', 'comfortable', 'large']).optional(),
        theme: z.enum(['light', 'dark', 'high-contrast']).optional(),
        undoSeconds: z.int().min(0).max(MOST_UNDO_SECONDS).optional(),
        /** Only by who is signed in. @throws NOT_SIGNED_IN, LOCKED */
        lockMinutes: z.int().min(1).max(MOST_LOCK_MINUTES).optional(),
      }),
    )
    .output(type<Settings>()),
  diagnostics: open(
    'Who cannot sign in must be able to say what is wrong; nothing in it is about people.',
  ).output(type<Diagnostics>()),
};
