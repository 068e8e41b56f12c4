import { z } from 'zod';
import { OfficeHours } from '../kernel/calendar/index.ts';
import { DayText, UnitPath } from '../kernel/event/event.ts';
import { NumberPattern } from '../numbers/index.ts';
import { Level, Party } from '../organisation/index.ts';
import shipped from './haishu.json' with { type: 'json' };

/** A text that users read, in both languages. */
export const Wording = z.object({
  zh: z.string().trim().min(1).max(300),
  en: z.string().trim().min(1).max(300),
});
export type Wording = z.infer<typeof Wording>;

/**
 * How surely a rule is known, shown with it: `seed` from the seed articles, `second-hand` from a public source that
 * was not checked against the law's own text, `common` knowledge of the field, `assumption` of ours.
 */
export const HonestyTag = z.enum(['seed', 'second-hand', 'common', 'assumption']);
export type HonestyTag = z.infer<typeof HonestyTag>;

/** Where a rule comes from: its article or other source, and how surely. */
const sourced = { article: Wording, tag: HonestyTag };

/** A limit in the unit its name says (hours, working days, days, years). */
export const Limit = z.object({ value: z.int().min(1).max(3650), ...sourced });
export type Limit = z.infer<typeof Limit>;

/** A code stays in facts for ever: lower-case letters, figures and hyphens. */
export const Code = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9-]*$/, 'procedure-code-malformed');

/**
 * One level and its limits; the party of a unit says which of them run there: `acceptWorkingDays` and `mediateDays`
 * at the regulator, `settleWorkingDays` elsewhere, after `firstContactHours` where there are any.
 */
export const LevelRules = z.object({
  level: Level,
  name: Wording,
  firstContactHours: Limit.nullable(),
  settleWorkingDays: Limit,
  acceptWorkingDays: Limit,
  /** Natural days from acceptance. */
  mediateDays: Limit,
});
export type LevelRules = z.infer<typeof LevelRules>;

/** A ground for refusing a complaint or ending its mediation. */
export const Ground = z.object({
  code: Code,
  /** On the screen. */
  name: Wording,
  /** As printed on the notice; documents are Chinese. */
  text: z.string().trim().min(1).max(300),
  ...sourced,
  /** False once retired: no new fact may use it, old ones keep their words. */
  active: z.boolean(),
});
export type Ground = z.infer<typeof Ground>;

/** The instruments that have a document in this release; others are a release's work, not a configuration's. */
export const InstrumentCode = z.enum([
  'settlement-agreement',
  'administrative-mediation',
  'mediation-record',
  'peoples-mediation',
]);
export type InstrumentCode = z.infer<typeof InstrumentCode>;

/** Which units may issue an instrument: all three conditions hold, and null is none. */
export const InstrumentRules = z.object({
  code: InstrumentCode,
  name: Wording,
  parties: z.array(Party).min(1).max(3),
  levels: z.array(Level).min(1).max(12).nullable(),
  /** Only these units, each with the body that makes it (a people's mediation committee). */
  units: z
    .array(z.object({ path: UnitPath, body: z.string().trim().min(1).max(80) }))
    .min(1)
    .max(2000)
    .nullable(),
  ...sourced,
});
export type InstrumentRules = z.infer<typeof InstrumentRules>;

export const CodeEntry = z.object({ code: Code, name: Wording, active: z.boolean() });
export type CodeEntry = z.infer<typeof CodeEntry>;

const CodeList = z.object({ ...sourced, entries: z.array(CodeEntry).min(1).max(200) });
export type CodeList = z.infer<typeof CodeList>;

/** When an office is open, and where that comes from. */
const SourcedHours = OfficeHours.extend(sourced);
type SourcedHours = z.infer<typeof SourcedHours>;

const Shape = z.object({
  name: Wording,
  /** Cases registered on this day and later begin under it. */
  effectiveFrom: DayText,
  /** The measure whose articles the grounds are, as printed: 《…》. */
  measure: Wording,
  levels: z.array(LevelRules).min(1).max(12),
  limits: z.object({
    /** Notice of an end of mediation. */
    noticeWorkingDays: Limit,
    /** Usual time of people's mediation. */
    peoplesMediationDays: Limit,
    /** Joint application for judicial confirmation, days from effect. */
    confirmationDays: Limit,
    /** Years after which a complaint is too late. */
    limitationYears: Limit,
    /** Calling the consumer after closing; absent in procedures of an older release, where the shipped one's holds. */
    satisfactionCallDays: Limit.optional(),
    /**
     * How long a closed case stays at the workstations; after it the centre alone has it. Absent in procedures of an older
     * release, where the shipped one's holds.
     */
    retentionDays: Limit.optional(),
    /**
     * After how long what is personal in a closed case or a decided return is erased, everywhere; absent as above.
     */
    erasureDays: Limit.optional(),
    /** Days before a promise ends, or gives consumers less, on which it has to be said; absent as above. */
    commitmentNoticeDays: Limit.optional(),
    /** Days in which a shop decides on a return; absent as above. */
    returnDecisionDays: Limit.optional(),
  }),
  /**
   * When the offices of the district are open, for what is due in office minutes. They hold by the day, from `effectiveFrom` on
   * for whatever is counted, also for what began before. Absent in procedures of an older release, where the shipped ones hold.
   */
  officeHours: SourcedHours.optional(),
  refusalGrounds: z.array(Ground).min(1).max(60),
  terminationGrounds: z.array(Ground).min(1).max(60),
  instruments: z.array(InstrumentRules).min(1).max(4),
  codes: z.object({
    object: CodeList,
    problem: CodeList,
    claim: CodeList,
    /** Categories of merchants; absent in procedures of an older release, where the shipped ones hold. */
    merchantCategory: CodeList.optional(),
  }),
  /** How documents are numbered: `top` at the topmost unit, `below` at all others. */
  documentNumbers: z.object({
    top: NumberPattern,
    below: NumberPattern.regex(/\{unit\}/, 'pattern-without-unit'),
    ...sourced,
  }),
});

/** Names every entry whose key another one before it has. */
function repeated(keys: readonly (string | number)[]): number[] {
  return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []));
}

/** The dispute procedure as data: one version of it. What it must not contradict in itself is checked here. */
export const Procedure = Shape.check(({ value, issues }) => {
  const refuse = (message: string, ...path: (string | number)[]): void => {
    issues.push({ code: 'custom', message, path, input: value });
  };
  value.levels.forEach(({ level }, index) => {
    if (level !== index + 1) refuse('levels-not-counted', 'levels', index, 'level');
  });
  const known = new Set(value.levels.map(({ level }) => level));
  const lists = [
    { path: ['refusalGrounds'], entries: value.refusalGrounds },
    { path: ['terminationGrounds'], entries: value.terminationGrounds },
    { path: ['codes', 'object', 'entries'], entries: value.codes.object.entries },
    { path: ['codes', 'problem', 'entries'], entries: value.codes.problem.entries },
    { path: ['codes', 'claim', 'entries'], entries: value.codes.claim.entries },
    {
      path: ['codes', 'merchantCategory', 'entries'],
      entries: codeListOf(value, 'merchantCategory').entries,
    },
  ];
  for (const { path, entries } of lists) {
    for (const index of repeated(entries.map(({ code }) => code)))
      refuse('procedure-code-repeated', ...path, index, 'code');
    if (!entries.some(({ active }) => active)) refuse('no-code-active', ...path);
  }
  for (const index of repeated(value.instruments.map(({ code }) => code)))
    refuse('procedure-code-repeated', 'instruments', index, 'code');
  value.instruments.forEach(({ levels, units }, index) => {
    (levels ?? []).forEach((level, place) => {
      if (!known.has(level)) refuse('level-unknown', 'instruments', index, 'levels', place);
    });
    for (const place of repeated((units ?? []).map(({ path }) => path)))
      refuse('unit-repeated', 'instruments', index, 'units', place, 'path');
  });
});
export type Procedure = z.infer<typeof Procedure>;

/** Lists of codes that a fact may name. */
export type CodeListName = keyof Procedure['codes'];

const SHIPPED_CATEGORIES = CodeList.parse(shipped.codes.merchantCategory);

const SHIPPED_HOURS = SourcedHours.parse(shipped.officeHours);

/** The office hours with their source; the shipped ones where a procedure of an older release does not have them. */
export function officeHoursOf({ officeHours }: Pick<Procedure, 'officeHours'>): SourcedHours {
  return officeHours ?? SHIPPED_HOURS;
}

/** A list of codes with its source; the shipped one where a procedure of an older release does not have it. */
export function codeListOf({ codes }: Pick<Procedure, 'codes'>, list: CodeListName): CodeList {
  return codes[list] ?? SHIPPED_CATEGORIES;
}

/** The entries of a list, grounds included. */
export function entriesOf(
  procedure: Procedure,
  list: CodeListName | 'refusalGrounds' | 'terminationGrounds',
): readonly CodeEntry[] {
  return list === 'refusalGrounds' || list === 'terminationGrounds'
    ? procedure[list]
    : codeListOf(procedure, list).entries;
}

/** The rules of a level; of the topmost one for a level above all that are named. */
export function levelRules(procedure: Procedure, level: number): LevelRules {
  const found = procedure.levels.find((one) => one.level === level) ?? procedure.levels.at(-1);
  if (!found) throw new Error('A procedure has at least one level');
  return found;
}

/** The rules of an instrument where a unit may issue it, else null. */
export function instrumentFor(
  procedure: Procedure,
  code: InstrumentCode,
  unit: { path: string; level: number; party: Party },
): InstrumentRules | null {
  const rules = procedure.instruments.find((one) => one.code === code);
  if (!rules?.parties.includes(unit.party)) return null;
  if (rules.levels !== null && !rules.levels.includes(unit.level)) return null;
  if (rules.units !== null && !rules.units.some(({ path }) => path === unit.path)) return null;
  return rules;
}

/** The form of a unit's document numbers. */
export function numberPatternOf({ documentNumbers }: Procedure, unitPath: string): string {
  return unitPath.lastIndexOf('/') === 0 ? documentNumbers.top : documentNumbers.below;
}
