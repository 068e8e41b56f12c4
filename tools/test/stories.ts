const DAY_MS = 86_400_000;

/**
 * The longest stories of `tests/e2e` in two halves that take about as long as each other: `npm test` tells one half, and the other
 * the next day. Each story stands on rules that other tests try in each run without a browser; every screen, every form, what is
 * wrong in one, the keyboard, and the story of three people are tried in the browser in each run too.
 */
export const HALVES = [
  ['following', 'promises', 'movement', 'finding', 'people', 'procedure', 'fleet'],
  ['supervision', 'inspection', 'mediation', 'evidence', 'documents', 'credit', 'archive'],
] as const;

/** The stories that a run of that day does not tell. */
export function untoldOn(now: Date): readonly string[] {
  return HALVES[Math.floor(now.getTime() / DAY_MS) % HALVES.length] ?? [];
}

/** Names, for vitest, the stories that this run leaves out. */
export const UNTOLD = 'HESHI_TEST_UNTOLD';

/** The files of the stories that are left out: of none, but where a run names some. */
export function untoldFiles(): string[] {
  const names = process.env[UNTOLD] ?? '';
  return names === '' ? [] : names.split(',').map((name) => `tests/e2e/${name}.test.ts`);
}
