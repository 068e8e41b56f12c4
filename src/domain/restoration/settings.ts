import { z } from 'zod';
import { DayText } from '../kernel/event/event.ts';
import { Wording } from '../procedure/index.ts';
import { SanctionCause, SanctionKind } from '../sanction/index.ts';
import shipped from './restoration.json' with { type: 'json' };

/**
 * How surely a figure is known: `seed` from the seed articles, `sourced` from the law's own text, `second-hand` from a public text about
 * it, `common` knowledge of the field, `assumption` of ours.
 */
export const RestorationTag = z.enum(['seed', 'sourced', 'second-hand', 'common', 'assumption']);

const sourced = { article: Wording, tag: RestorationTag };
const Code = z.string().regex(/^[a-z0-9-]{1,40}$/);
const WorkingDays = z.object({ workingDays: z.int().min(1).max(250), ...sourced });

/** What a file that is handed in proves. */
export const ProofKind = z.enum([
  'performance',
  'correction',
  'grounds',
  'licence',
  'identity',
  'authority',
  // The signature under the commitment, or the signed paper.
  'commitment',
  'other',
]);
export type ProofKind = z.infer<typeof ProofKind>;

/** A type of matter on the form: which records it fits, when it may be asked for, and what comes of it when it is granted. */
export const MatterType = z.object({
  code: Code,
  name: Wording,
  kinds: z.array(SanctionKind).min(1),
  /**
   * `when-due`: once the record may be repaired. `when-due-or-unknown`: also where the text that says when was not found, so that the
   * department looks. `while-published`: at any time before it has ended.
   */
  may: z.enum(['when-due', 'when-due-or-unknown', 'while-published']),
  proofs: z.array(ProofKind),
  /** What ends the record then. */
  ends: SanctionCause.exclude(['expired']),
  ...sourced,
});
export type MatterType = z.infer<typeof MatterType>;

/** Limits, types of matter and grounds, for applications that are filed from a day on. */
export const RestorationSettings = z
  .object({
    from: DayText,
    limits: z.object({
      /** Until the window accepts or returns an application. */
      reply: z.object({ officeMinutes: z.int().min(1).max(100_000), ...sourced }),
      /** Until a department answers; `opinionGsxt` where a matter is published by market supervision's own system. */
      opinion: WorkingDays,
      opinionGsxt: WorkingDays,
      submission: WorkingDays,
      conclusion: WorkingDays,
      objection: WorkingDays,
      /** For how long after repair a merchant is inspected less, and by how many classes. */
      relief: z.object({ months: z.int().min(0).max(120), classes: z.int().min(0).max(12), ...sourced }),
    }),
    /** Which text of the commitment is signed, clause by clause; each for some types of matter, or for all (`null`). */
    commitment: z.object({
      version: z.int().min(1),
      clauses: z
        .array(Wording.extend({ types: z.array(Code).min(1).nullable() }))
        .min(1)
        .max(20),
      ...sourced,
    }),
    /** Where the window is and how it is reached, as papers say it. */
    contact: z.object({ address: Wording, phone: z.string().regex(/^[\d-]{3,20}$/), ...sourced }),
    types: z.array(MatterType).min(1).max(20),
    /** On which a department may refuse. */
    grounds: z
      .array(z.object({ code: Code, name: Wording, ...sourced }))
      .min(1)
      .max(30),
  })
  .refine(({ types }) => new Set(types.map(({ code }) => code)).size === types.length, {
    path: ['types'],
    message: 'restoration-type-twice',
  });
export type RestorationSettings = z.infer<typeof RestorationSettings>;

const Versions = z
  .object({ versions: z.array(RestorationSettings).min(1) })
  .refine(
    ({ versions }) =>
      versions.every(({ from }, place) => place === 0 || from > (versions[place - 1]?.from ?? '')),
    {
      path: ['versions'],
      message: 'restoration-settings-order',
    },
  );

const { versions } = Versions.parse(shipped);
const [first] = versions;

/** The settings under which an application of that day is made and judged to its end; the first ones before they begin. */
export function settingsOn(day: string): RestorationSettings {
  const found = versions.findLast(({ from }) => from <= day) ?? first;
  // There is one at least, as the schema asks.
  return found as RestorationSettings;
}

/** The clauses of a commitment for a type of matter, by the version that was signed; empty where no settings hold that version. */
export function commitmentClauses(version: number, type: string): Wording[] {
  const found = versions.find(({ commitment }) => commitment.version === version);
  return (found?.commitment.clauses ?? []).filter(({ types }) => types === null || types.includes(type));
}
