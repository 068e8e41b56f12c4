/**
 * JSON with sorted keys and no white space: the text that is hashed. `undefined` members are left out.
 * The same value gives the same text on every device and at the centre.
 */
export function canonicalJson(value: unknown): string {
  // What was recorded by this release is in order already, and only has to be seen to be.
  if (isInOrder(value)) return JSON.stringify(value) ?? 'null';
  // A copy with sorted keys, written by the engine, is twice as fast as writing member by member.
  const ordered = inOrder(value);
  return ordered === IMPOSSIBLE ? writtenByHand(value) : (JSON.stringify(ordered) ?? 'null');
}

/** Stands for a value with keys that an object does not keep where they are put. */
const IMPOSSIBLE = Symbol('impossible');

/** Keys that look like array indices come first in any object, and `__proto__` is no member at all. */
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

/** Sorts in place by insertion: there are few keys, and often they are in order. */
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
