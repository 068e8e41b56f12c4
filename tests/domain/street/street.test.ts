import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import type { Ruling } from '../../../src/domain/kernel/event/ruling.ts';
import { checklistOn, CHECKLISTS } from '../../../src/domain/street/checklist.ts';
import { streetDeltas, storefrontDeltas } from '../../../src/domain/street/deltas.ts';
import type { Answer } from '../../../src/domain/street/events.ts';
import { passes, scoreOf } from '../../../src/domain/street/score.ts';
import { applyStorefront, photosOf, type StorefrontState } from '../../../src/domain/street/storefront.ts';
import { applyStreet } from '../../../src/domain/street/street.ts';
import { storefrontTasks } from '../../../src/domain/street/tasks.ts';
import { actorAt, factOf } from '../../support/facts.ts';

const circle = actorAt('/HS/C1', 'supervisor');
const inspector = actorAt('/HS/C1', 'mediator');
const TODAY = '2026-03-10';
const checklist = CHECKLISTS[0];
if (!checklist) throw new Error('No checklist is shipped');
const codes = checklist.items.map(({ code }) => code);
const ESSENTIAL = checklist.items.filter(({ essential }) => essential).map(({ code }) => code);

const photo = (letter = 'a') => ({
  sha256: letter.repeat(64),
  size: 10,
  mediaType: 'image/jpeg' as const,
  file: 'IMG_0001.jpg',
});
/** All met, but for these; a photograph wherever something was missed. */
const answers = (over: Record<string, Answer['answer']> = {}): Answer[] =>
  codes.map((item) => {
    const answer = over[item] ?? 'met';
    return { item, answer, note: '', photos: answer === 'missed' ? [photo()] : [] };
  });

const legalOf = <State>(ruling: Ruling<State>): State => {
  expect(ruling).toMatchObject({ kind: 'legal' });
  if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
  return ruling.state;
};
const refusalIn = (ruling: Ruling<unknown>): unknown =>
  ruling.kind === 'illegal' ? { rule: ruling.refusal.rule, field: ruling.refusal.field } : ruling.kind;

const shopFact = (type: string, payload: unknown, day = TODAY, actor = circle) =>
  factOf('storefront', 'm1', type, payload, actor, `${day}T02:00:00.000Z`);
const joined = legalOf(
  applyStorefront(
    undefined,
    shopFact('shop-joined', {
      streetId: 's1',
      streetName: '虚构街',
      merchantName: '虚构服饰店',
      merchantPath: '/HS/C1/M01/S001',
    }),
  ),
);
const visit = (over: Record<string, unknown> = {}) => ({
  patrolId: 'p1',
  streetId: 's1',
  on: TODAY,
  checklist: 1,
  answers: answers(),
  findings: '',
  recheckOn: null,
  ...over,
});
const visited = (state: StorefrontState, over: Record<string, unknown>, day = TODAY): StorefrontState =>
  legalOf(applyStorefront(state, shopFact('shop-patrolled', visit({ on: day, ...over }), day)));
const refused = (over: Record<string, unknown>, state: StorefrontState = joined): unknown =>
  refusalIn(applyStorefront(state, shopFact('shop-patrolled', visit(over))));

describe('the shipped checklist', () => {
  it('holds from the first day of Order 56 and says of each item where it comes from', () => {
    expect(checklistOn('2022-06-30')).toBeUndefined();
    expect(checklistOn('2022-07-01')?.version).toBe(1);
    for (const { article, tag, text } of checklist.items) {
      expect(tag).toBe('sourced');
      expect(article.zh).toMatch(/第.+条/);
      expect(text.en).not.toBe('');
    }
    expect(checklist.pass.tag).toBe('assumption');
  });
});

describe('a score', () => {
  const given = fc.array(fc.constantFrom<Answer['answer']>('met', 'missed', 'not-applicable'), {
    minLength: codes.length,
    maxLength: codes.length,
  });
  const asAnswers = (all: Answer['answer'][]): Answer[] =>
    answers(Object.fromEntries(codes.map((code, place) => [code, all[place] ?? 'met'])));

  it('is the share of what applied, whatever the order, and what does not apply counts nowhere', () => {
    fc.assert(
      fc.property(given, (all) => {
        const score = scoreOf(checklist, asAnswers(all));
        expect(scoreOf(checklist, asAnswers(all).toReversed())).toEqual(score);
        const weights = { met: 0, missed: 0, 'not-applicable': 0 };
        for (const [place, { weight }] of checklist.items.entries()) weights[all[place] ?? 'met'] += weight;
        const whole = weights.met + weights.missed;
        expect(score.basisPoints).toBe(
          whole === 0 ? null : Math.floor((weights.met / whole) * 10_000 + 1e-9),
        );
        expect(score.checked).toBe(score.met + score.missed.length);
        expect(
          scoreOf(
            checklist,
            asAnswers(all).filter(({ answer }) => answer !== 'not-applicable'),
          ),
        ).toEqual(score);
      }),
    );
  });

  it('never rises by missing one thing more, and an essential one bars the plaque whatever the score', () => {
    fc.assert(
      fc.property(given, fc.nat({ max: codes.length - 1 }), (all, place) => {
        const before = scoreOf(checklist, asAnswers(all.with(place, 'met')));
        const after = scoreOf(checklist, asAnswers(all.with(place, 'missed')));
        expect(after.basisPoints ?? 0).toBeLessThan((before.basisPoints ?? 0) + 1);
        if (ESSENTIAL.includes(codes[place] ?? '')) expect(passes(checklist, after)).toBe(false);
        if (!passes(checklist, before)) expect(passes(checklist, after)).toBe(false);
      }),
    );
  });
});

describe('a visit', () => {
  it('is refused with its field and rule', () => {
    const missed = answers({ gift: 'missed' });
    const place = codes.indexOf('gift');
    const recheckOn = shiftDay(TODAY, 14);
    expect(refused({ answers: [] })).toEqual({ rule: 'patrol-no-answer', field: 'answers' });
    expect(refused({ answers: answers().slice(1) })).toEqual({ rule: 'patrol-item-open', field: 'answers' });
    expect(
      refused({ answers: [{ item: 'unheard-of', answer: 'met', note: '', photos: [] }, ...answers()] }),
    ).toEqual({ rule: 'patrol-item-unknown', field: 'answers.0.item' });
    expect(refused({ answers: [...answers(), ...answers().slice(0, 1)] })).toEqual({
      rule: 'patrol-item-twice',
      field: `answers.${codes.length}.item`,
    });
    expect(
      refused({ answers: answers(Object.fromEntries(codes.map((code) => [code, 'not-applicable']))) }),
    ).toEqual({ rule: 'patrol-nothing-applied', field: 'answers' });
    expect(refused({ answers: missed.map((one) => ({ ...one, photos: [] })), recheckOn })).toEqual({
      rule: 'patrol-photo-needed',
      field: `answers.${place}.photos`,
    });
    expect(refused({ answers: missed })).toEqual({ rule: 'patrol-recheck-needed', field: 'recheckOn' });
    for (const past of [TODAY, shiftDay(TODAY, -1)])
      expect(refused({ answers: missed, recheckOn: past })).toEqual({
        rule: 'patrol-recheck-past',
        field: 'recheckOn',
      });
    expect(refused({ answers: missed, recheckOn: shiftDay(TODAY, 91) })).toEqual({
      rule: 'patrol-recheck-late',
      field: 'recheckOn',
    });
    expect(refused({ recheckOn })).toEqual({ rule: 'patrol-recheck-nothing', field: 'recheckOn' });
    expect(refused({ streetId: 's2' })).toEqual({ rule: 'street-shop-missing', field: 'merchantId' });
    expect(refused({ checklist: 2 })).toEqual({ rule: 'patrol-checklist', field: 'checklist' });
    expect(refused({ on: '2022-06-30' })).toEqual({ rule: 'patrol-checklist', field: 'checklist' });
    expect(refused({ on: shiftDay(TODAY, 1) })).toEqual({ rule: 'date-in-future', field: 'on' });
    const once = visited(joined, {});
    expect(refused({}, once)).toEqual({ rule: 'patrol-shop-twice', field: 'patrolId' });
    expect(refused({ patrolId: 'p2', on: shiftDay(TODAY, -1) }, once)).toEqual({
      rule: 'patrol-before-last',
      field: 'on',
    });
    expect(refusalIn(applyStorefront(undefined, shopFact('shop-patrolled', visit())))).toEqual({
      rule: 'street-shop-missing',
      field: 'merchantId',
    });
  });

  it('is made by people of units above the shop, of the roles that patrol, and by nobody else', () => {
    const by = (unitPath: string, role: Parameters<typeof actorAt>[1]) =>
      refusalIn(applyStorefront(joined, shopFact('shop-patrolled', visit(), TODAY, actorAt(unitPath, role))));
    expect(by('/HS/C1/M01', 'mediator')).toBe('legal');
    expect(by('/HS', 'supervisor')).toBe('legal');
    expect(by('/HS/C1', 'shop-manager')).toMatchObject({ rule: 'role-may-not' });
    expect(by('/HS/C2', 'supervisor')).toMatchObject({ rule: 'outside-scope' });
    expect(by('/HS/C1/M01/S001', 'supervisor')).toMatchObject({ rule: 'street-own-shop' });
  });

  it('keeps its photographs, and is a task of whoever made it until the shop is looked at again', () => {
    const recheckOn = shiftDay(TODAY, 14);
    const open = visited(joined, { answers: answers({ gift: 'missed' }), recheckOn });
    expect(photosOf(open)).toEqual([photo()]);
    expect(storefrontTasks(open)).toMatchObject([
      { kind: 'recheck', ownerPath: '/HS/C1', staffId: circle.staffId, calendar: 'agreed' },
    ]);
    const again = visited(open, { patrolId: 'p2' }, recheckOn);
    expect(again.patrols.at(-1)).toMatchObject({ recheck: true, passed: true });
    expect(storefrontTasks(again)).toEqual([]);
    expect(photosOf(again)).toEqual([photo()]);
    const gone = legalOf(applyStorefront(open, shopFact('shop-left', { on: TODAY, reason: '停业' })));
    expect(storefrontTasks(gone)).toEqual([]);
    expect(refused({ patrolId: 'p3' }, gone)).toMatchObject({ rule: 'street-shop-missing' });
  });
});

describe('a plaque', () => {
  const grant = (state: StorefrontState, patrolId = 'p1', on = TODAY, actor = circle) =>
    applyStorefront(state, shopFact('plaque-granted', { patrolId, on }, on, actor));

  it('is granted by what the last visit found, and by nobody who only patrols', () => {
    const poor = visited(joined, {
      answers: answers({ label: 'missed', 'service-list': 'missed' }),
      recheckOn: shiftDay(TODAY, 14),
    });
    expect(refusalIn(grant(poor))).toEqual({ rule: 'plaque-under-pass', field: 'patrolId' });
    const barred = visited(joined, {
      answers: answers({ 'promise-kept': 'missed' }),
      recheckOn: shiftDay(TODAY, 14),
    });
    expect(barred.patrols[0]?.score.basisPoints).toBeGreaterThan(9000);
    expect(refusalIn(grant(barred))).toEqual({ rule: 'plaque-essential-missed', field: 'patrolId' });
    const good = visited(joined, {});
    expect(refusalIn(grant(good, 'p0'))).toEqual({ rule: 'plaque-patrol-not-last', field: 'patrolId' });
    expect(refusalIn(grant(good, 'p1', shiftDay(TODAY, -1)))).toEqual({
      rule: 'plaque-before-patrol',
      field: 'on',
    });
    expect(refusalIn(grant(good, 'p1', TODAY, inspector))).toMatchObject({ rule: 'role-may-not' });
    const hung = legalOf(grant(good));
    expect(hung.plaque).toMatchObject({ patrolId: 'p1', basisPoints: 10_000, on: TODAY });
    expect(refusalIn(grant(hung))).toEqual({ rule: 'plaque-exists', field: 'patrolId' });
    const withdraw = (on: string) =>
      applyStorefront(hung, shopFact('plaque-withdrawn', { on, reason: '核查' }));
    expect(refusalIn(withdraw(shiftDay(TODAY, -1)))).toEqual({ rule: 'plaque-ends-before', field: 'on' });
    expect(legalOf(withdraw(TODAY))).toMatchObject({
      plaque: null,
      pastPlaques: [{ ended: { cause: 'withdrawn' } }],
    });
  });

  it('ends by a failed re-check and by no other visit, and hangs only where the last grant passed: by property', () => {
    const steps = fc.array(
      fc.record({
        do: fc.constantFrom('visit', 'visit', 'grant', 'withdraw', 'leave', 'join'),
        missed: fc.subarray(codes, { maxLength: 4 }),
        days: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        let state = joined;
        let day = TODAY;
        const counted = new Map<string, number>();
        let number = 0;
        let events = { granted: 0, ended: 0, missed: 0, visits: 0 };
        for (const one of all) {
          day = shiftDay(day, one.days);
          number += 1;
          const made = {
            visit: shopFact(
              'shop-patrolled',
              visit({
                patrolId: `v${number}`,
                on: day,
                answers: answers(Object.fromEntries(one.missed.map((code) => [code, 'missed']))),
                recheckOn: one.missed.length > 0 ? shiftDay(day, 7) : null,
              }),
              day,
            ),
            grant: shopFact(
              'plaque-granted',
              { patrolId: state.patrols.at(-1)?.patrolId ?? 'none', on: day },
              day,
            ),
            withdraw: shopFact('plaque-withdrawn', { on: day, reason: '核查' }, day),
            leave: shopFact('shop-left', { on: day, reason: '停业' }, day),
            join: shopFact(
              'shop-joined',
              { streetId: 's1', streetName: '虚构街', merchantName: '店', merchantPath: '/HS/C1/M01/S001' },
              day,
            ),
          }[one.do];
          const ruling = applyStorefront(state, made);
          if (ruling.kind !== 'legal') continue;
          const before = state;
          state = ruling.state;
          for (const { dimension, metric, value } of storefrontDeltas(before, made, state).counters)
            if (dimension === '') counted.set(metric, (counted.get(metric) ?? 0) + value);
          const asked = before.patrols.at(-1)?.recheckOn ?? null;
          const last = state.patrols.at(-1);
          if (one.do === 'visit') {
            events = { ...events, visits: events.visits + 1, missed: events.missed + one.missed.length };
            expect(last?.recheck).toBe(asked !== null);
            expect(state.plaque === null).toBe(
              before.plaque === null || (asked !== null && last?.passed === false),
            );
          }
          if (one.do === 'grant') expect(last?.passed).toBe(true);
          if (before.plaque === null && state.plaque !== null) events.granted += 1;
          if (before.plaque !== null && state.plaque === null) events.ended += 1;
          if (state.left !== null) expect(state.plaque).toBeNull();
        }
        expect(counted.get('plaques-granted') ?? 0).toBe(events.granted);
        expect(counted.get('plaques-withdrawn') ?? 0).toBe(events.ended);
        expect(counted.get('plaques-in-force') ?? 0).toBe(state.plaque === null ? 0 : 1);
        expect(counted.get('street-shops-patrolled') ?? 0).toBe(events.visits);
        expect(counted.get('street-items-missed') ?? 0).toBe(events.missed);
        expect(state.pastPlaques).toHaveLength(events.ended);
      }),
    );
  });
});

describe('a street', () => {
  const streetFact = (type: string, payload: unknown, actor = circle) =>
    factOf('street', 's1', type, payload, actor, `${TODAY}T02:00:00.000Z`);
  const opened = legalOf(
    applyStreet(undefined, streetFact('street-opened', { name: '虚构街', unitPath: '/HS/C1' })),
  );

  it('is opened by who answers for its unit, and its patrols are counted there', () => {
    expect(
      refusalIn(
        applyStreet(
          undefined,
          streetFact('street-opened', { name: '虚构街', unitPath: '/HS/C1' }, inspector),
        ),
      ),
    ).toMatchObject({ rule: 'role-may-not' });
    expect(
      refusalIn(applyStreet(undefined, streetFact('street-opened', { name: '虚构街', unitPath: '/HS' }))),
    ).toEqual({ rule: 'outside-scope', field: 'unitPath' });
    const made = streetFact('street-patrolled', { patrolId: 'p1', on: TODAY, merchantIds: ['m1', 'm2'] });
    const walked = legalOf(applyStreet(opened, made));
    expect(walked.patrols).toMatchObject([{ patrolId: 'p1', shops: 2 }]);
    expect(streetDeltas(opened, made, walked).counters).toEqual([
      { path: '/HS/C1', day: TODAY, metric: 'street-patrols', dimension: '', value: 1 },
    ]);
    expect(refusalIn(applyStreet(walked, made))).toEqual({ rule: 'patrol-exists', field: 'patrolId' });
  });

  it('refuses a patrol of no shop, or of one twice', () => {
    const walk = (merchantIds: string[]) =>
      refusalIn(
        applyStreet(opened, streetFact('street-patrolled', { patrolId: 'p1', on: TODAY, merchantIds })),
      );
    expect(walk([])).toEqual({ rule: 'patrol-no-shop', field: 'shops' });
    expect(walk(['m1', 'm1'])).toEqual({ rule: 'patrol-shop-twice', field: 'shops' });
  });
});
