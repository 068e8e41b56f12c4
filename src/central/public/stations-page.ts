import { html } from 'hono/html';
import type { StationGroup, StationView } from '../../domain/public/index.ts';
import { STATIONS_PATH } from './home-page.ts';
import { fact, type Html, layout } from './layout.ts';
import type { Say } from './words.ts';

function hoursOf(say: Say, { opens, closes }: StationView): string {
  if (opens === closes) return say('stations.always');
  return say(opens < closes ? 'stations.from' : 'stations.overnight', { opens, closes });
}

function stationOf(say: Say, station: StationView): Html {
  const { name, place, offers, note, unitName } = station;
  return html`<li>
    <h3>${name}</h3>
    <dl>
      ${fact(say('stations.place'), place)} ${fact(say('stations.hours'), hoursOf(say, station))}
      ${fact(say('stations.offers'), say.list(offers.map(say.of)))}
      ${note === '' ? '' : fact(say('stations.note'), note)} ${fact(say('stations.at'), unitName)}
    </dl>
  </li>`;
}

/** Where riders may rest, drink and charge, by circle. */
export function stationsPage(say: Say, groups: readonly StationGroup[]): Html {
  return layout(
    say,
    { path: STATIONS_PATH, query: {} },
    say('stations.title'),
    html`<h1>${say('stations.title')}</h1>
      <p>${say(groups.length === 0 ? 'stations.none' : 'stations.text')}</p>
      ${groups.map(
        ({ circle, stations }, place) =>
          html`<section aria-labelledby="circle-${place}">
            <h2 id="circle-${place}">${circle ?? say('stations.district')}</h2>
            <ul>
              ${stations.map((one) => stationOf(say, one))}
            </ul>
          </section>`,
      )}`,
  );
}
