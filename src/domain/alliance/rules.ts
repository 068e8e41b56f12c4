import { z } from 'zod';
import { DayText } from '../kernel/event/event.ts';
import { Wording } from '../procedure/index.ts';
import shipped from './rules.json' with { type: 'json' };

/** Level 0 is everybody: nothing is checked, and nobody is asked who they are. */
export const EVERYBODY = 0;
export const Level = z.int().min(EVERYBODY).max(9);

const Version = z.object({
  version: z.int().min(1),
  /** The first day on which it holds, until the next one does. */
  from: DayText,
  /**
   * What a discount may require of a citizen. `leastPoints` says for whom the district prepares the file of standing; the points
   * themselves are never in that file, and no workstation and no shop is ever told them.
   */
  levels: z.array(z.object({ level: Level, name: Wording, leastPoints: z.int().min(1).nullable() })).min(1),
  /** How many days old the imported standing may be before nothing is said by it any more. */
  standingDays: z.int().min(1).max(400),
  /** What the citizen agrees to before a check. */
  consent: Wording,
  source: Wording,
  tag: z.enum(['sourced', 'second-hand', 'common', 'assumption']),
});

const Rules = z
  .object({ versions: z.array(Version).min(1) })
  .refine(
    ({ versions }) =>
      versions.every(
        (one, place) =>
          one.version === place + 1 &&
          one.from > (versions[place - 1]?.from ?? '') &&
          one.levels.every(({ level }, index) => level === index),
      ),
    { path: ['versions'], message: 'alliance-rules-order' },
  );

export type AllianceRules = z.infer<typeof Version>;
export type AllianceLevel = AllianceRules['levels'][number];

const { versions } = Rules.parse(shipped);

/** The rules in force on a day; before the first version, the first. */
export function allianceRulesOn(day: string): AllianceRules {
  const [first] = versions;
  const found = versions.findLast(({ from }) => from <= day) ?? first;
  if (found === undefined) throw new Error('No rules are shipped');
  return found;
}

/** A level by its number in a version of the rules; undefined where that version has none. */
export function levelIn({ levels }: Pick<AllianceRules, 'levels'>, level: number): AllianceLevel | undefined {
  return levels.find((one) => one.level === level);
}
