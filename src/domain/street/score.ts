import type { Checklist } from './checklist.ts';
import type { Answer } from './events.ts';

/** What the answers of one shop come to. */
export type Score = {
  /** The share of what applied that was met, by weight, out of 10,000 and rounded down; null where nothing applied. */
  basisPoints: number | null;
  /** Items that applied, and those of them that were met. */
  checked: number;
  met: number;
  /** Codes of what was missed, in the checklist's order. */
  missed: string[];
  /** Whether an essential item is among them. */
  barred: boolean;
};

/** Works out a shop's score: items that do not apply count nowhere. Pure. */
export function scoreOf({ items }: Pick<Checklist, 'items'>, answers: readonly Answer[]): Score {
  const given = new Map(answers.map(({ item, answer }) => [item, answer]));
  const applied = items.filter(({ code }) => ['met', 'missed'].includes(given.get(code) ?? ''));
  const met = applied.filter(({ code }) => given.get(code) === 'met');
  const missed = applied.filter(({ code }) => given.get(code) === 'missed');
  const weigh = (all: typeof items): number => all.reduce((sum, { weight }) => sum + weight, 0);
  return {
    basisPoints: applied.length === 0 ? null : Math.floor((weigh(met) * 10_000) / weigh(applied)),
    checked: applied.length,
    met: met.length,
    missed: missed.map(({ code }) => code),
    barred: missed.some(({ essential }) => essential),
  };
}

/** Whether a plaque may hang by this score: at the pass mark or above it, and nothing essential missed. */
export function passes(
  { pass }: Pick<Checklist, 'pass'>,
  { basisPoints, barred }: Pick<Score, 'basisPoints' | 'barred'>,
): boolean {
  return basisPoints !== null && basisPoints >= pass.basisPoints && !barred;
}
