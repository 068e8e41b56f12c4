import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OFFERS } from '../../src/domain/station/index.ts';
import { applyStation, stationDeltas, type StationState } from '../../src/domain/station/station.ts';
import { actorAt, factOf } from '../support/facts.ts';

const mall = actorAt('/HS/C1/M01', 'mediator');
const station = {
  name: '虚构骑手驿站',
  place: '药行街1号一楼服务台旁',
  opens: '09:00',
  closes: '21:00',
  offers: ['water', 'phone-charging'],
  note: '',
};
const opening = { ...station, unitPath: '/HS/C1/M01' };
const DAY = '2026-03-10';
const fact = (type: string, payload: unknown, actor = mall, day = DAY) =>
  factOf('station', 't1', type, payload, actor, `${day}T02:00:00.000Z`);
const ruleOf = (state: StationState | undefined, ...rest: Parameters<typeof fact>): string => {
  const ruling = applyStation(state, fact(...rest));
  if (ruling.kind !== 'illegal') return ruling.kind;
  const { rule, field, parameters } = ruling.refusal;
  return rule === 'payload-invalid' ? `${parameters?.['detail']} ${field}` : `${rule} ${field ?? ''}`.trim();
};
const opened = (): StationState => {
  const ruling = applyStation(undefined, fact('station-opened', opening));
  if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
  return ruling.state;
};

it('a station is opened with a place, hours and offers that are known, by people of its unit or above', () => {
  expect(opened()).toMatchObject({ openedOn: DAY, closed: null, revision: 1 });
  const other = (over: object) => ruleOf(undefined, 'station-opened', { ...opening, ...over });
  expect(other({ offers: ['free-beer'] })).toBe('station-offer-unknown offers');
  expect(other({ offers: ['water', 'water'] })).toBe('station-offer-twice offers');
  expect(other({ opens: '25:00' })).toBe('station-time opens');
  expect(other({ unitPath: '/HS/C2' })).toBe('outside-scope unitPath');
  expect(ruleOf(undefined, 'station-opened', opening, actorAt('/HS', 'shop-manager'))).toBe('role-may-not');
  expect(ruleOf(undefined, 'station-changed', station)).toBe('station-missing');
  expect(ruleOf(opened(), 'station-opened', opening)).toBe('station-exists');
  expect(new Set(OFFERS.map(({ code }) => code)).size).toBe(OFFERS.length);
});

it('closed, it is not changed any more', () => {
  const close = { on: DAY, reason: '场地到期' };
  expect(ruleOf(opened(), 'station-closed', { ...close, on: '2026-03-11' })).toBe('date-in-future on');
  expect(ruleOf(opened(), 'station-closed', { ...close, on: '2026-03-09' })).toBe('station-closed-before on');
  const ruling = applyStation(opened(), fact('station-closed', close));
  const state = ruling.kind === 'legal' ? ruling.state : undefined;
  expect(state?.closed).toEqual(close);
  expect(ruleOf(state, 'station-changed', station)).toBe('station-closed');
});

it('counts as open exactly as long as it is, whatever is done to it', () => {
  const steps = fc.array(
    fc.constantFrom<[string, object]>(
      ['station-opened', opening],
      ['station-changed', station],
      ['station-closed', { on: DAY, reason: '场地到期' }],
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      let state: StationState | undefined;
      let open = 0;
      for (const [type, payload] of all) {
        const ruling = applyStation(state, fact(type, payload));
        if (ruling.kind !== 'legal') continue;
        for (const { value } of stationDeltas(state, fact(type, payload), ruling.state).counters)
          open += value;
        state = ruling.state;
      }
      expect(open).toBe(state !== undefined && state.closed === null ? 1 : 0);
    }),
  );
});
