import { z } from 'zod';
import { DayText } from '../kernel/event/event.ts';
import { Wording } from '../procedure/index.ts';
import { SanctionArea } from '../sanction/index.ts';
import shipped from './leniency.json' with { type: 'json' };

/** How surely a figure or an item is known. */
const sourced = {
  article: Wording,
  tag: z.enum(['sourced', 'second-hand', 'common', 'assumption', 'local']),
};

export const LeniencyItemCode = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** A kind of violation that may go unpunished. */
export const LeniencyItem = z.object({
  code: LeniencyItemCode,
  name: Wording,
  /** An earlier penalty in this area is taken for one of the same kind, whatever else it was for; null for none. */
  area: SanctionArea.nullable(),
  ...sourced,
});
export type LeniencyItem = z.infer<typeof LeniencyItem>;

/**
 * The list and the period for decisions of a day and later. Lists of provinces and cities (Taizhou's second edition of 2024 has 54 items
 * without penalty) were found by their number of items only: the shipped one is short, of ours, and tagged so.
 */
export const LeniencySettings = z
  .object({
    from: DayText,
    /** A violation is the first of its kind where no other lies within so many months of it. */
    period: z.object({ months: z.int().min(1).max(240), ...sourced }),
    /** Whether a violation that is not the first of its kind in the period may still be taken for slight. */
    repeatedIsSlight: z.object({ value: z.boolean(), ...sourced }),
    items: z.array(LeniencyItem).min(1).max(200),
  })
  .refine(({ items }) => new Set(items.map(({ code }) => code)).size === items.length, {
    path: ['items'],
    message: 'leniency-item-twice',
  });
export type LeniencySettings = z.infer<typeof LeniencySettings>;

const Versions = z
  .object({ versions: z.array(LeniencySettings).min(1) })
  .refine(
    ({ versions }) =>
      versions.every(({ from }, place) => place === 0 || from > (versions[place - 1]?.from ?? '')),
    { path: ['versions'], message: 'leniency-settings-order' },
  );

const { versions } = Versions.parse(shipped);
const [first] = versions;

/** The settings for a decision of that day; the first ones before they begin. */
export function leniencyOn(day: string): LeniencySettings {
  const found = versions.findLast(({ from }) => from <= day) ?? first;
  // There is one at least, as the schema asks.
  return found as LeniencySettings;
}
