import { z } from 'zod';
import { DayText } from '../kernel/event/event.ts';
import { Wording } from '../procedure/index.ts';
import shipped from './checklist.json' with { type: 'json' };

/** How surely it is known: `sourced` from the provision's own text, `assumption` of ours. */
const sourced = { article: Wording, tag: z.enum(['sourced', 'second-hand', 'common', 'assumption']) };
export const ItemCode = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** One thing to look at in a shop, with the article that asks for it. */
export const ChecklistItem = z.object({
  code: ItemCode,
  text: Wording,
  ...sourced,
  /** How much it counts for in the score. */
  weight: z.int().min(1).max(100),
  /** Missed, it bars the plaque whatever the score. */
  essential: z.boolean(),
  /** When a photograph is needed: where it was missed, or never. */
  photo: z.enum(['missed', 'never']),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

/** A checklist, for patrols from a day on. */
export const Checklist = z
  .object({
    version: z.int().min(1),
    from: DayText,
    name: Wording,
    /** The provision it follows. */
    base: Wording,
    /** The score from which a plaque may be granted, out of 10,000. */
    pass: z.object({ basisPoints: z.int().min(1).max(10_000), ...sourced }),
    /** In how many days a shop is looked at again where something was missed, and at most. */
    recheck: z.object({ days: z.int().min(1).max(365), mostDays: z.int().min(1).max(365), ...sourced }),
    items: z.array(ChecklistItem).min(1).max(60),
  })
  .refine(({ items }) => new Set(items.map(({ code }) => code)).size === items.length, {
    path: ['items'],
    message: 'checklist-item-twice',
  });
export type Checklist = z.infer<typeof Checklist>;

const Versions = z
  .object({ versions: z.array(Checklist).min(1) })
  .refine(
    ({ versions }) =>
      versions.every(
        ({ from, version }, place) =>
          version === place + 1 && (place === 0 || from > (versions[place - 1]?.from ?? '')),
      ),
    { path: ['versions'], message: 'checklist-order' },
  );

/** The shipped checklists, oldest first. */
export const CHECKLISTS: readonly Checklist[] = Versions.parse(shipped).versions;

/** The checklist for a patrol of that day; undefined before there was one. */
export function checklistOn(day: string): Checklist | undefined {
  return CHECKLISTS.findLast(({ from }) => from <= day);
}

/** A checklist by its number; undefined where this release does not have it. */
export function checklistOfVersion(version: number): Checklist | undefined {
  return CHECKLISTS.find((one) => one.version === version);
}
