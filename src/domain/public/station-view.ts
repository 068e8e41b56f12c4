import { maskText } from '../kernel/text/index.ts';
import type { Wording } from '../procedure/index.ts';
import { offerOf, type StationState } from '../station/index.ts';

/** A station as the public reads it: no person, no id. */
export type StationView = {
  name: string;
  place: string;
  opens: string;
  closes: string;
  offers: Wording[];
  note: string;
  unitName: string;
};

/** Stations of one circle; null for those of no circle, which are the district's own. */
export type StationGroup = { circle: string | null; stations: StationView[] };

/**
 * The open stations by circle, circles by name and the district's own last. `circleOf` gives the name of the circle above a unit.
 */
export function stationGroups(
  all: readonly StationState[],
  names: { circleOf(unitPath: string): string | null; unitOf(unitPath: string): string },
): StationGroup[] {
  const byCircle = Map.groupBy(
    all.filter(({ closed }) => closed === null),
    ({ unitPath }) => names.circleOf(unitPath),
  );
  const order = (name: string | null): string => (name === null ? '1' : `0${name}`);
  return [...byCircle]
    .toSorted(([a], [b]) => (order(a) < order(b) ? -1 : 1))
    .map(([circle, stations]) => ({
      circle,
      stations: stations
        .toSorted((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1))
        .map(({ name, place, opens, closes, offers, note, unitPath }) => ({
          name: maskText(name),
          place: maskText(place),
          opens,
          closes,
          // One of a newer release has no words here.
          offers: offers.flatMap((code) => offerOf(code)?.name ?? []),
          note: maskText(note),
          unitName: names.unitOf(unitPath),
        })),
    }));
}
