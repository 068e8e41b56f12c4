/**
 * A figure from 0 to 2^32 − 1 that depends on every character of the text: FNV-1a with the final mixing of
 * MurmurHash3, both public domain. Spreads well enough to draw lots; it hides nothing.
 */
export function lotOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Draws so many of the given ids by lot, fewer when there are fewer. The same seed and ids give the same sample in
 * the same order on every workstation, whatever order the ids come in; one more id changes at most one of the drawn.
 */
export function drawSample(ids: readonly string[], count: number, seed: string): string[] {
  return ids
    .map((id) => ({ id, lot: lotOf(`${seed}:${id}`) }))
    .sort((a, b) => a.lot - b.lot || (a.id < b.id ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
}
