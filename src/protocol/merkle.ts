import { hash } from 'node:crypto';

/*
 * Hash trees as RFC 6962 (section 2.1) has them, over hashes in lower-case hexadecimal: one signature over a root holds for each
 * leaf, wherever it is shown, with the roots of the parts that are not shown.
 */

const HASH_BYTES = 32;
const HASH = /^[0-9a-f]{64}$/;
/** What is hashed next: a byte that tells leaves from nodes, and the rest. Nothing here waits in between. */
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

/** Where a tree of so many leaves, two at least, is divided: the greatest power of two below. */
const divide = (size: number): number => 2 ** (31 - Math.clz32(size - 1));

function rootOf(leaves: readonly string[], from: number, to: number): Buffer {
  if (to - from === 1) return leafOf(leaves[from] ?? '');
  const middle = from + divide(to - from);
  return nodeOf(rootOf(leaves, from, middle), rootOf(leaves, middle, to));
}

/** The root over these hashes, one at least, in hexadecimal. */
export function merkleRoot(leaves: readonly string[]): string {
  return rootOf(leaves, 0, leaves.length).toString('hex');
}

/** Whether one of these places, in ascending order, lies in a part of the tree. */
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
 * What whoever has only the leaves at these places, in ascending order, needs besides to work out the root: the roots of the greatest
 * parts in which there is none of them, from left to right. Nothing where all are shown.
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

/** The root of a tree of so many leaves, of those that are shown, by place, and the proof of the others; null where it is none for them. */
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
