/**
 * When a record's personal data was erased, as its state says; null where it was not. The one place that reads it: a state that bears
 * `erased` has `{at, cause}` there, or null.
 */
export function erasedAt(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('erased' in state)) return null;
  const { erased } = state;
  if (typeof erased !== 'object' || erased === null || !('at' in erased)) return null;
  return typeof erased.at === 'string' ? erased.at : null;
}
