import { hash } from 'node:crypto';

/*
 * Merkle trees as in RFC 6962, section 2.1, over hashes in lower-case hexadecimal. One signature over the root proves any
 * subset of the leaves, given the roots of the subtrees that are left out.
 */

const HASH_BYTES = 32;
const HASH = /^[0-9a-f]{64}$/;
/** Scratch buffer: one byte that tells leaves from nodes, then the data. Safe to share because hashing is synchronous. */
const leaf = Buffer.alloc(1 + HASH_BYTES);
const node = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

function leafOf(text: string): Buffer {
  leaf.fill(0, 1);
  leaf.write(text, 1, 'hex');
  return hash('sha256', leaf, 'buffer');
}

function nodeOf(left: Buffer, right: Buffer): Buffer {
  left.copy(node, 1);
  right.copy(node, 1 + HASH_BYTES);
  return hash('sha256', node, 'buffer');
}

/** Where a tree of at least two leaves is split: the greatest power of two below its size. */
const divide = (size: number): number => 2 ** (31 - Math.clz32(size - 1));

function rootOf(leaves: readonly string[], from: number, to: number): Buffer {
  if (to - from === 1) return leafOf(leaves[from] ?? '');
  const middle = from + divide(to - from);
  return nodeOf(rootOf(leaves, from, middle), rootOf(leaves, middle, to));
}

/** The root over at least one hash, in hexadecimal. */
export function merkleRoot(leaves: readonly string[]): string {
  return rootOf(leaves, 0, leaves.length).toString('hex');
}

/** True when one of these positions (ascending) lies in the given part of the tree. */
function anyBetween(places: readonly number[], from: number, to: number): boolean {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low < places.length && (places[low] ?? 0) < to;
}

/**
 * The proof for the leaves at these positions (ascending): the roots of the largest subtrees that contain none of them, from
 * left to right. Empty when all leaves are given.
 */
export function merkleProof(leaves: readonly string[], shown: readonly number[]): string[] {
  const proof: string[] = [];
  const walk = (from: number, to: number): void => {
    if (!anyBetween(shown, from, to)) {
      proof.push(rootOf(leaves, from, to).toString('hex'));
      return;
    }
    if (to - from === 1) return;
    const middle = from + divide(to - from);
    walk(from, middle);
    walk(middle, to);
  };
  walk(0, leaves.length);
  return proof;
}

/** The root of a tree of `size` leaves, computed from some of them by position and the proof for the rest; null when the proof does not fit. */
export function provenRoot(
  size: number,
  shown: ReadonlyMap<number, string>,
  proof: readonly string[],
): string | null {
  const places = [...shown.keys()].toSorted((a, b) => a - b);
  let used = 0;
  const walk = (from: number, to: number): Buffer => {
    if (!anyBetween(places, from, to)) {
      used += 1;
      return Buffer.from(proof[used - 1] ?? '', 'hex');
    }
    if (to - from === 1) return leafOf(shown.get(from) ?? '');
    const middle = from + divide(to - from);
    return nodeOf(walk(from, middle), walk(middle, to));
  };
  if (size < 1 || (places.at(-1) ?? 0) >= size) return null;
  if (!proof.every((one) => HASH.test(one))) return null;
  const root = walk(0, size).toString('hex');
  return used === proof.length ? root : null;
}
