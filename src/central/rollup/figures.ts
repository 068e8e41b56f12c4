import { METRICS, zeroTotals, type Metric, type Totals } from '../../domain/rollup/metrics.ts';
import { packNumbers, readNumbers } from './varint.ts';

const WIDTH = METRICS.length;

/** All counters of one thing, in the order of `METRICS`. */
export type Figures = Float64Array;

/** Added, or taken away again. */
export type Sign = 1 | -1;

/** What figures are kept by: the number of a key, or the key itself (a path, `object:…`, a merchant's id) while it has none. */
export type Key = number | string;

export type FiguresByKey = ReadonlyMap<Key, Figures>;

export function noFigures(): Figures {
  return new Float64Array(WIDTH);
}

export function totalsOf(figures: Figures): Totals {
  const totals = zeroTotals();
  for (let index = 0; index < WIDTH; index += 1) {
    const metric = METRICS[index];
    if (metric !== undefined) totals[metric] = figures[index] ?? 0;
  }
  return totals;
}

/** Adds figures to figures, or takes them away. */
export function addTo(to: Figures, from: Figures, sign: Sign = 1): void {
  for (let index = 0; index < WIDTH; index += 1) to[index] = (to[index] ?? 0) + sign * (from[index] ?? 0);
}

/** True where nothing is left of what was added and taken away. */
export function isNothing(figures: Figures): boolean {
  return figures.every((value) => value === 0);
}

/** Which metrics follow as a bit mask, then their values. */
function numbersOf(figures: Figures): number[] {
  let mask = 0;
  for (let index = WIDTH - 1; index >= 0; index -= 1) mask = mask * 2 + ((figures[index] ?? 0) > 0 ? 1 : 0);
  return [mask, ...figures.filter((value) => value > 0)];
}

/** Some figures one behind the other. */
export function packFigures(all: readonly Figures[]): Buffer {
  return packNumbers(all.flatMap(numbersOf));
}

/** The lowest bit that is set. */
const lowestOf = (mask: number): number => 31 - Math.clz32(mask & -mask);

/** Adds what `packFigures` packed, to as many figures. */
export function addFigures(bytes: Uint8Array, to: readonly Figures[]): void {
  const numbers = readNumbers(bytes);
  for (const figures of to) {
    // From set bit to set bit: of some thirty metrics most things have a few.
    for (let mask = numbers.next(); mask !== 0; mask &= mask - 1) {
      const index = lowestOf(mask);
      figures[index] = (figures[index] ?? 0) + numbers.next();
    }
  }
}

/** Each key's number, then its figures. */
export function packKeyed(all: ReadonlyMap<number, Figures>): Buffer {
  return packNumbers([...all].flatMap(([key, figures]) => [key, ...numbersOf(figures)]));
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
  /** One figure of a sum. */
  figureAt(place: number, metric: Metric): number;
};

/**
 * Sums in one block of memory, found by the keys' numbers: a district's quarter is some fifty thousand additions of merchants, and
 * a map's look-up would cost more than all of them.
 */
export function createFigureSums(): FigureSums {
  const keys: Key[] = [];
  const byText = new Map<string, number>();
  /** By number: one more than the key's place. */
  let places = new Int32Array(1024);
  let values = new Float64Array(64 * WIDTH);
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
    if (keys.length * WIDTH > values.length) {
      const more = new Float64Array(values.length * 2);
      more.set(values);
      values = more;
    }
    return place;
  };
  const sumAt = (place: number): Figures => values.subarray(place * WIDTH, (place + 1) * WIDTH);
  return {
    add: (key, figures, sign = 1) => {
      const start = placeOf(key) * WIDTH;
      for (let index = 0; index < WIDTH; index += 1)
        values[start + index] = (values[start + index] ?? 0) + sign * (figures[index] ?? 0);
    },
    addPacked: (bytes, sign = 1) => {
      const { more, next } = readNumbers(bytes);
      while (more()) {
        const start = placeOf(next()) * WIDTH;
        for (let mask = next(); mask !== 0; mask &= mask - 1) {
          const at = start + lowestOf(mask);
          values[at] = (values[at] ?? 0) + sign * next();
        }
      }
    },
    keys: () => keys,
    at: (place) => sumAt(place).slice(),
    all: () =>
      new Map(
        keys.flatMap((key, place) => (isNothing(sumAt(place)) ? [] : [[key, sumAt(place).slice()] as const])),
      ),
    holdsAt: (place) => !isNothing(sumAt(place)),
    figureAt: (place, metric) => values[place * WIDTH + METRICS.indexOf(metric)] ?? 0,
  };
}
