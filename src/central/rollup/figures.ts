import { METRICS, zeroTotals, type Metric, type Totals } from '../../domain/rollup/metrics.ts';
import { packNumbers, readNumbers } from './varint.ts';

/** All counters of one thing, in the order of `METRICS`. */
export type Figures = Float64Array;

/** Added, or taken away again. */
export type Sign = 1 | -1;

/** What figures are kept by: the number of a key, or the key itself (a path, `object:…`, a merchant's id) while it has none. */
export type Key = number | string;

export type FiguresByKey = ReadonlyMap<Key, Figures>;

/** Adds figures to figures of the same width, or takes them away. */
export function addTo(to: Figures, from: Figures, sign: Sign = 1): void {
  for (let index = 0; index < to.length; index += 1) to[index] = (to[index] ?? 0) + sign * (from[index] ?? 0);
}

/** True where nothing is left of what was added and taken away. */
export function isNothing(figures: Figures): boolean {
  return figures.every((value) => value === 0);
}

/** Figures added up by key; with a sign of -1, taken away. */
export type FigureSums = {
  add(key: Key, figures: Figures, sign?: Sign): void;
  /** Adds what `packKeyed` packed. */
  addPacked(bytes: Uint8Array, sign?: Sign): void;
  /** Every key met, also one of which nothing is left. The place of a key here is where its sum is. */
  keys(): readonly Key[];
  /** A copy of a sum. */
  at(place: number): Figures;
  /** Copies of all of which anything is left. */
  all(): Map<Key, Figures>;
  /** True while anything is left of a sum. */
  holdsAt(place: number): boolean;
  /** One figure of a sum, by its index in the figures. */
  figureAt(place: number, index: number): number;
};

/** Packs, reads and adds up figures of one width. */
export type FigureCodec = {
  /** Figures that are all zero. */
  noFigures(): Figures;
  /** Some figures one behind the other. Only what is above zero is packed. */
  packFigures(all: readonly Figures[]): Buffer;
  /** Adds what `packFigures` packed, to as many figures. */
  addFigures(bytes: Uint8Array, to: readonly Figures[]): void;
  /** Each key's number, then its figures. */
  packKeyed(all: ReadonlyMap<number, Figures>): Buffer;
  createFigureSums(): FigureSums;
};

/** JavaScript's bit operators work on 32 bits, of which the topmost is the sign. */
const BITS = 31;

/** The lowest bit that is set. */
const lowestOf = (mask: number): number => 31 - Math.clz32(mask & -mask);

/**
 * A codec for figures of `width` counters. Figures are packed in words of 31 counters: a bit mask of those that follow, then their
 * values. The width is not packed; a reader has to know it.
 */
export function createFigureCodec(width: number): FigureCodec {
  const noFigures = (): Figures => new Float64Array(width);

  const numbersOf = (figures: Figures): number[] => {
    const numbers: number[] = [];
    for (let start = 0; start < width; start += BITS) {
      const word = figures.subarray(start, Math.min(width, start + BITS));
      let mask = 0;
      word.forEach((value, bit) => {
        if (value > 0) mask |= 1 << bit;
      });
      numbers.push(mask, ...word.filter((value) => value > 0));
    }
    return numbers;
  };

  const addFigures: FigureCodec['addFigures'] = (bytes, to) => {
    const { next } = readNumbers(bytes);
    for (const figures of to) {
      for (let start = 0; start < width; start += BITS) {
        // From set bit to set bit: of some thirty metrics most things have a few.
        for (let mask = next(); mask !== 0; mask &= mask - 1) {
          const index = start + lowestOf(mask);
          figures[index] = (figures[index] ?? 0) + next();
        }
      }
    }
  };

  /**
   * Sums in one block of memory, found by the keys' numbers: a district's quarter is some fifty thousand additions of merchants, and
   * a map's look-up would cost more than all of them.
   */
  const createFigureSums = (): FigureSums => {
    const keys: Key[] = [];
    const byText = new Map<string, number>();
    /** By number: one more than the key's place. */
    let places = new Int32Array(1024);
    let values = new Float64Array(64 * width);
    const placeOf = (key: Key): number => {
      const known = typeof key === 'string' ? byText.get(key) : (places[key] ?? 0) - 1;
      if (known !== undefined && known >= 0) return known;
      const place = keys.push(key) - 1;
      if (typeof key === 'string') byText.set(key, place);
      else {
        if (key >= places.length) {
          const more = new Int32Array(key * 2);
          more.set(places);
          places = more;
        }
        places[key] = place + 1;
      }
      if (keys.length * width > values.length) {
        const more = new Float64Array(values.length * 2);
        more.set(values);
        values = more;
      }
      return place;
    };
    const sumAt = (place: number): Figures => values.subarray(place * width, (place + 1) * width);
    return {
      add: (key, figures, sign = 1) => {
        const start = placeOf(key) * width;
        for (let index = 0; index < width; index += 1)
          values[start + index] = (values[start + index] ?? 0) + sign * (figures[index] ?? 0);
      },
      addPacked: (bytes, sign = 1) => {
        const { more, next } = readNumbers(bytes);
        while (more()) {
          const from = placeOf(next()) * width;
          for (let start = from; start < from + width; start += BITS) {
            for (let mask = next(); mask !== 0; mask &= mask - 1) {
              const at = start + lowestOf(mask);
              values[at] = (values[at] ?? 0) + sign * next();
            }
          }
        }
      },
      keys: () => keys,
      at: (place) => sumAt(place).slice(),
      all: () =>
        new Map(
          keys.flatMap((key, place) =>
            isNothing(sumAt(place)) ? [] : [[key, sumAt(place).slice()] as const],
          ),
        ),
      holdsAt: (place) => !isNothing(sumAt(place)),
      figureAt: (place, index) => values[place * width + index] ?? 0,
    };
  };

  return {
    noFigures,
    packFigures: (all) => packNumbers(all.flatMap(numbersOf)),
    addFigures,
    packKeyed: (all) => packNumbers([...all].flatMap(([key, figures]) => [key, ...numbersOf(figures)])),
    createFigureSums,
  };
}

/** The codec of all metrics there are. */
export const { noFigures, packFigures, addFigures, packKeyed, createFigureSums } = createFigureCodec(
  METRICS.length,
);

/** Where a metric is in figures. */
export function indexOfMetric(metric: Metric): number {
  return METRICS.indexOf(metric);
}

/** Figures by the names of their metrics. */
export function totalsOf(figures: Figures): Totals {
  const totals = zeroTotals();
  METRICS.forEach((metric, index) => {
    totals[metric] = figures[index] ?? 0;
  });
  return totals;
}
