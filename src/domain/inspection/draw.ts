import { drawSample, lotOf } from '../case/index.ts';

/** The merchants of a class that may be drawn, and which share of them is. */
export type CandidateClass = { class: string; perMille: number; candidates: readonly string[] };

/** The drawn of a class, in the order in which they came out. */
export type DrawnClass = { class: string; merchantIds: string[] };

/** Of a figure that may be anything up to this. */
const LOTS = 2 ** 32;

/**
 * How many of a class are drawn: the share of it, and where that is no whole number one more or one less by lot, so that over all seeds
 * each candidate's chance is exactly the share of its class, however few there are.
 */
export function countDrawn({ class: name, perMille, candidates }: CandidateClass, seed: string): number {
  const exact = candidates.length * perMille;
  const rest = exact % 1000;
  return Math.floor(exact / 1000) + (lotOf(`${seed}:round:${name}`) * 1000 < rest * LOTS ? 1 : 0);
}

/** Both halves of a seed: who draws fixes one before the other is known. */
export function seedOf(drawer: string, witness: string): string {
  return `${drawer}/${witness}`;
}

/** Draws of each class its share. The same classes and seed give the same, in whatever order candidates come. */
export function drawFrom(classes: readonly CandidateClass[], seed: string): DrawnClass[] {
  return classes.map((one) => ({
    class: one.class,
    merchantIds: drawSample(one.candidates, countDrawn(one, seed), `${seed}:${one.class}`),
  }));
}

/** One text of all candidates with their classes, whose hash stands for them: the same in whatever order they come. */
export function candidatesText(classes: readonly Pick<CandidateClass, 'class' | 'candidates'>[]): string {
  return classes
    .flatMap((one) => one.candidates.map((id) => `${id} ${one.class}\n`))
    .toSorted()
    .join('');
}
