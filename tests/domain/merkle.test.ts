import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merkleProof, merkleRoot, provenRoot } from '../../src/protocol/merkle.ts';

const sha256 = (...parts: (Buffer | number[])[]): Buffer =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();

const someLeaves = fc
  .array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 70 })
  .map((all) => all.map((bytes) => Buffer.from(bytes).toString('hex')));

describe('a hash tree', () => {
  it('is that of RFC 6962', () => {
    // Section 2.1.3 has seven leaves: ((a b) (c d)) ((e f) g), by the definition worked out by hand.
    const raw = Array.from({ length: 7 }, (_, index) => sha256([index]));
    const [a, b, c, d, e, f, g] = raw.map((one) => sha256([0], one)) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    const left = sha256([1], sha256([1], a, b), sha256([1], c, d));
    const right = sha256([1], sha256([1], e, f), g);
    expect(merkleRoot(raw.map((one) => one.toString('hex')))).toBe(sha256([1], left, right).toString('hex'));
  });

  it('is proved by any of its leaves, and by no other', () => {
    fc.assert(
      fc.property(someLeaves, fc.infiniteStream(fc.boolean()), fc.nat(), (leaves, chosen, at) => {
        const shown = leaves.map((_, index) => index).filter(() => chosen.next().value === true);
        const proof = merkleProof(leaves, shown);
        const given = new Map(shown.map((place) => [place, leaves[place] ?? '']));
        const root = merkleRoot(leaves);
        expect(provenRoot(leaves.length, given, proof)).toBe(root);
        const place = shown[at % Math.max(1, shown.length)];
        if (place === undefined) return;
        expect(provenRoot(leaves.length, new Map(given).set(place, 'f'.repeat(64)), proof)).not.toBe(root);
        expect(provenRoot(leaves.length, given, [...proof, 'f'.repeat(64)])).toBeNull();
      }),
    );
  });
});
