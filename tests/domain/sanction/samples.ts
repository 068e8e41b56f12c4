import fc from 'fast-check';
import { sanctionIdOf } from '../../../src/domain/credit/index.ts';
import { shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import {
  applySanction,
  refusalOfContent,
  type SanctionState,
} from '../../../src/domain/sanction/sanction.ts';
import type { Actor, Fact } from '../../../src/domain/kernel/event/event.ts';
import {
  SanctionArea,
  SanctionChannel,
  SanctionClass,
  type SanctionContent,
  SanctionKind,
  SanctionMeasure,
} from '../../../src/domain/sanction/events.ts';
import { actorAt, factOf } from '../../support/facts.ts';

export const SHOP = '/HS/C1/M01/S001';
export const officer = actorAt('/HS', 'mediator');
export const at = (day: string): string => `${day}T02:00:00.000Z`;
export const TODAY = '2027-03-10';

/** What was typed of an invented penalty. */
export function typed(over: Partial<SanctionContent> = {}): SanctionContent {
  return {
    kind: 'penalty',
    class: 'ordinary',
    organ: '虚构市场监督管理局',
    number: '虚市监处罚〔2026〕12号',
    determinedOn: '2026-05-06',
    publishedOn: '2026-05-20',
    channel: 'creditchina',
    simplified: false,
    measures: ['fine'],
    areas: [],
    restrictedUntil: null,
    text: '【虚构示例】未明码标价',
    duties: [{ dutyId: 'pay', text: '缴纳罚款' }],
    ...over,
  };
}

export function recorded(
  content: SanctionContent,
  { actor = officer, day = TODAY, merchantId = 'm-1', again = 0, continues = null as string | null } = {},
): Fact {
  return factOf(
    'sanction',
    sanctionIdOf(merchantId, content, again),
    'sanction-recorded',
    {
      entryId: `e-${merchantId}-${day}`,
      merchantId,
      merchantName: '虚构服饰店',
      merchantPath: SHOP,
      ...content,
      continues,
      again,
    },
    actor,
    at(day),
  );
}

export const follow = (
  state: SanctionState,
  type: string,
  payload: unknown,
  day = TODAY,
  actor: Actor = officer,
): Fact => factOf('sanction', state.id, type, payload, actor, at(day));

/** The state after legal facts. @throws where one is refused. */
export function stateOf(first: Fact, ...more: ((state: SanctionState) => Fact)[]): SanctionState {
  const one = (state: SanctionState | undefined, fact: Fact): SanctionState => {
    const ruling = applySanction(state, fact);
    if (ruling.kind !== 'legal') throw new Error(`${fact.type}: ${JSON.stringify(ruling)}`);
    return ruling.state;
  };
  return more.reduce((state, next) => one(state, next(state)), one(undefined, first));
}

export const days = (from: string, to: string): fc.Arbitrary<string> =>
  fc
    .integer({
      min: 0,
      max: Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000),
    })
    .map((shift) => shiftDay(from, shift));

/** Any record that may be typed on a day, of whatever regime. */
export const contents: fc.Arbitrary<SanctionContent> = fc
  .record({
    kind: fc.constantFrom(...SanctionKind.options),
    class: fc.option(fc.constantFrom(...SanctionClass.options)),
    determinedOn: days('2021-01-01', TODAY),
    later: fc.option(fc.integer({ min: 0, max: 60 })),
    channel: fc.constantFrom(...SanctionChannel.options),
    simplified: fc.boolean(),
    measures: fc.uniqueArray(fc.constantFrom(...SanctionMeasure.options), { maxLength: 3 }),
    areas: fc.uniqueArray(fc.constantFrom(...SanctionArea.options), { maxLength: 2 }),
    restricted: fc.option(fc.integer({ min: 0, max: 2000 })),
    duties: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ later, restricted, duties, ...one }) =>
    typed({
      ...one,
      class: one.kind === 'penalty' ? one.class : null,
      publishedOn: later === null ? null : shiftDay(one.determinedOn, later),
      restrictedUntil: restricted === null ? null : shiftDay(one.determinedOn, restricted),
      duties: Array.from({ length: duties }, (_, place) => ({ dutyId: `d-${place}`, text: `义务${place}` })),
    }),
  )
  .filter((content) => refusalOfContent(content, TODAY) === null);
