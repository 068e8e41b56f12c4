/**
 * JSON with sorted keys and no white space: the text that is hashed. `undefined` members are left out.
 * The same value gives the same text on every device and at the centre.
 */
export function canonicalJson(value: unknown): string {
  // Events of this release already have sorted keys: checking is cheaper than sorting.
  if (isInOrder(value)) return JSON.stringify(value) ?? 'null';
  // A copy with sorted keys, written by the engine, is twice as fast as writing member by member.
  const ordered = inOrder(value);
  return ordered === IMPOSSIBLE ? writtenByHand(value) : (JSON.stringify(ordered) ?? 'null');
}

/** Placeholder for a value whose keys an object would reorder. */
const IMPOSSIBLE = Symbol('impossible');

/** Objects list keys that look like array indices first, and `__proto__` is not an own member. */
function keepsItsPlace(key: string): boolean {
  const first = key.charCodeAt(0);
  return !(first >= 48 && first <= 57) && key !== '__proto__';
}

function isInOrder(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  const members = value as Record<string, unknown>;
  let before = '';
  for (const key of Object.keys(members)) {
    if (key < before || !keepsItsPlace(key) || !isInOrder(members[key])) return false;
    before = key;
  }
  return true;
}

function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value.map(inOrder);
    return items.includes(IMPOSSIBLE) ? IMPOSSIBLE : items;
  }
  const members = value as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const key of sorted(Object.keys(members))) {
    const member = inOrder(members[key]);
    if (member === IMPOSSIBLE || !keepsItsPlace(key)) return IMPOSSIBLE;
    ordered[key] = member;
  }
  return ordered;
}

/** In-place insertion sort: keys are few and usually sorted already. */
function sorted(keys: string[]): string[] {
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    let at = index;
    for (; at > 0 && (keys[at - 1] ?? '') > key; at -= 1) keys[at] = keys[at - 1] ?? '';
    keys[at] = key;
  }
  return keys;
}

function writtenByHand(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => writtenByHand(item)).join(',')}]`;
  const members = value as Record<string, unknown>;
  const parts = Object.keys(members)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .filter((key) => members[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${writtenByHand(members[key])}`);
  return `{${parts.join(',')}}`;
}
