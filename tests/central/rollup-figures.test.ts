import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFigureCodec, type Figures } from '../../src/central/rollup/figures.ts';

/** Figures of a width, most of them mostly zero, as counters are. */
function figuresOf(width: number): fc.Arbitrary<Figures> {
  const value = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(200), fc.nat(1e12));
  return fc.array(value, { minLength: width, maxLength: width }).map((values) => Float64Array.from(values));
}

const keyedOf = (width: number): fc.Arbitrary<[number, Figures][]> =>
  fc.uniqueArray(fc.tuple(fc.nat(1e5), figuresOf(width)), { selector: ([key]) => key, maxLength: 20 });

/** One below, at and above each whole number of words, one bit of the next word, and a hundred. */
const WIDTHS = [1, 27, 30, 31, 32, 33, 61, 62, 63, 64, 93, 94, 100];

describe.each(WIDTHS)('figures of %i metrics', (width) => {
  const { addFigures, createFigureSums, noFigures, packFigures, packKeyed } = createFigureCodec(width);

  it('come back as they were packed, one behind the other', () => {
    fc.assert(
      fc.property(fc.array(figuresOf(width), { maxLength: 5 }), (all) => {
        const back = all.map(() => noFigures());
        addFigures(packFigures(all), back);
        expect(back).toEqual(all);
      }),
    );
  });

  it('come back where only one of them is not zero', () => {
    for (let index = 0; index < width; index += 1) {
      const only = noFigures();
      only[index] = 7;
      const back = [noFigures(), noFigures()];
      addFigures(packFigures([only, noFigures()]), back);
      expect(back).toEqual([only, noFigures()]);
    }
  });

  it('add up by key, packed or not, and are taken away again', () => {
    fc.assert(
      fc.property(keyedOf(width), keyedOf(width), figuresOf(width), (first, second, unnumbered) => {
        const sums = createFigureSums();
        sums.addPacked(packKeyed(new Map(first)));
        for (const [key, values] of second) sums.add(key, values);
        sums.add('not numbered yet', unnumbered);
        const expected = new Map<number | string, Figures>([['not numbered yet', unnumbered]]);
        for (const [key, values] of [...first, ...second]) {
          const before = expected.get(key) ?? noFigures();
          expected.set(
            key,
            values.map((value, index) => value + (before[index] ?? 0)),
          );
        }
        expect(new Map(sums.keys().map((key, place) => [key, sums.at(place)]))).toEqual(expected);
        sums.keys().forEach((key, place) => {
          for (let index = 0; index < width; index += 1)
            expect(sums.figureAt(place, index)).toBe(expected.get(key)?.[index]);
        });

        sums.addPacked(packKeyed(new Map(second)), -1);
        for (const [key, values] of first) sums.add(key, values, -1);
        const left = unnumbered.some((value) => value > 0) ? [['not numbered yet', unnumbered] as const] : [];
        expect(sums.all()).toEqual(new Map(left));
      }),
    );
  });
});
