import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import type { AdmissionContext } from '../../../src/domain/kernel/event/admission.ts';
import type { EventEnvelope, Fact } from '../../../src/domain/kernel/event/event.ts';
import { refusalOfLeniency, recordsOfLeniency } from '../../../src/domain/leniency/admission.ts';
import { leniencyDeltas } from '../../../src/domain/leniency/deltas.ts';
import {
  conditionsOf,
  type Earlier,
  type LeniencyPayload,
  leniencyIdOf,
  leniencyOn,
  type LeniencyState,
  penaltiesToLookAt,
} from '../../../src/domain/leniency/index.ts';
import { applyLeniency } from '../../../src/domain/leniency/leniency.ts';
import { leniencyTasks } from '../../../src/domain/leniency/tasks.ts';
import { observationsOf } from '../../../src/domain/observations.ts';
import type { SanctionState } from '../../../src/domain/sanction/index.ts';
import { shippedRules } from '../../../src/domain/procedure/rulebook.ts';
import { actorAt, factOf } from '../../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const TODAY = '2026-11-30';
const supervisor = actorAt('/HS', 'supervisor');
const officer = actorAt('/HS', 'mediator');
const SETTINGS = leniencyOn(TODAY);
const ITEM = 'price-unmarked';
const at = (day: string): string => `${day}T02:00:00.000Z`;

type Decided = LeniencyPayload<'leniency-decided@1'>;

const typed = (over: Partial<Decided> = {}): Decided => ({
  decisionId: 'd-1',
  merchantId: 'm-1',
  merchantName: '虚构服饰店',
  merchantPath: SHOP,
  item: ITEM,
  source: { kind: 'inspection', id: 'draw', part: 'result' },
  violatedOn: '2026-11-20',
  facts: '价签缺失',
  harm: 'slight',
  harmGround: '无投诉',
  correctBy: '2026-11-25',
  correctedOn: '2026-11-24',
  correctGround: '复查属实',
  lookedAt: [],
  verdict: 'may-be-unpunished',
  number: '虚市监不罚〔2026〕1号',
  ...over,
});
const decided = (over: Partial<Decided> = {}, day = TODAY, actor = supervisor): Fact => {
  const payload = typed(over);
  return factOf(
    'leniency',
    leniencyIdOf(payload.merchantId, payload.item),
    'leniency-decided',
    payload,
    actor,
    at(day),
  );
};
const follow = (type: string, payload: object, day = TODAY, actor = officer): Fact =>
  factOf('leniency', leniencyIdOf('m-1', ITEM), type, { decisionId: 'd-1', ...payload }, actor, at(day));

/** What a run of facts comes to, and why the first that is refused is. */
function run(...facts: Fact[]): { state: LeniencyState | undefined; refused: string | null } {
  let state: LeniencyState | undefined;
  for (const fact of facts) {
    const ruling = applyLeniency(state, fact);
    if (ruling.kind !== 'legal')
      return {
        state,
        refused:
          ruling.kind === 'illegal'
            ? `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim()
            : 'unknown',
      };
    state = ruling.state;
  }
  return { state, refused: null };
}
const refused = (...facts: Fact[]): string | null => run(...facts).refused;

const day = fc.integer({ min: -1500, max: 0 }).map((shift) => shiftDay(TODAY, shift));
const answers = fc.record({
  violatedOn: day,
  harm: fc.constantFrom<Decided['harm']>('none', 'slight', 'more'),
  by: fc.integer({ min: 0, max: 20 }),
  corrected: fc.option(fc.integer({ min: 0, max: 40 })),
});
const spread = ({
  violatedOn,
  harm,
  by,
  corrected,
}: {
  violatedOn: string;
  harm: Decided['harm'];
  by: number;
  corrected: number | null;
}) => ({
  violatedOn,
  harm,
  correctBy: shiftDay(violatedOn, by),
  correctedOn: corrected === null ? null : shiftDay(violatedOn, corrected),
});

describe('the conditions of Art. 33', () => {
  it('each decides for itself, and together they decide the verdict', () => {
    const earlier = fc.array(
      day.map((on): Earlier => ({ kind: 'sanction', id: `s-${on}`, on })),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(answers, earlier, fc.boolean(), (typedIn, others, repeatedIsSlight) => {
        const one = spread(typedIn);
        const settings = {
          ...SETTINGS,
          repeatedIsSlight: { ...SETTINGS.repeatedIsSlight, value: repeatedIsSlight },
        };
        const found = conditionsOf(one, others, settings);
        const { months } = SETTINGS.period;
        // By hand: another lies less than the period before or after it.
        const near = others.filter(
          ({ on }) => on > addMonths(one.violatedOn, -months - 1) && on < addMonths(one.violatedOn, months),
        );
        if (near.every(({ on }) => on >= one.violatedOn)) expect(found.first.met).toBe(near.length === 0);
        if (found.first.blocking !== null) expect(others).toContainEqual(found.first.blocking);
        expect(found.first.met).toBe(found.first.blocking === null);
        expect(found.harm.met).toBe(one.harm !== 'more');
        expect(found.corrected.met).toBe(one.correctedOn !== null && one.correctedOn <= one.correctBy);
        const both = found.harm.met && found.corrected.met;
        expect(found.verdict).toBe(
          both && one.harm === 'none' && (found.first.met || repeatedIsSlight)
            ? 'not-punished'
            : both && found.first.met
              ? 'may-be-unpunished'
              : 'refused',
        );
      }),
    );
  });

  it('a second violation of the kind within the period is never lenient, in whatever order they are decided', () => {
    const steps = fc.array(fc.record({ answers, withdraw: fc.boolean() }), {
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(steps, (all) => {
        let state: LeniencyState | undefined;
        all.forEach(({ answers: typedIn, withdraw }, place) => {
          for (const verdict of ['not-punished', 'may-be-unpunished', 'refused'] as const) {
            const one = { ...spread(typedIn), decisionId: `d-${place}`, verdict };
            const ruling = applyLeniency(state, decided(one));
            if (ruling.kind === 'legal') state = ruling.state;
          }
          if (withdraw && state?.decisions.some(({ decisionId }) => decisionId === `d-${place}`)) {
            const ruling = applyLeniency(
              state,
              follow('leniency-withdrawn', { decisionId: `d-${place}`, reason: '有误' }, TODAY, supervisor),
            );
            if (ruling.kind === 'legal') state = ruling.state;
          }
        });
        const standing = (state?.decisions ?? []).filter(({ withdrawn }) => withdrawn === null);
        standing.forEach((one, place) => {
          if (one.verdict === 'refused') return;
          for (const other of standing.slice(0, place)) {
            const [from = '', to = ''] = [one.violatedOn, other.violatedOn].toSorted();
            expect(to >= addMonths(from, SETTINGS.period.months)).toBe(true);
          }
        });
      }),
    );
  });
});

describe('a decision', () => {
  it('says what follows from its answers, and names the condition that does not hold', () => {
    expect(refused(decided())).toBeNull();
    expect(refused(decided({ harm: 'more' }))).toBe('leniency-harm harm');
    expect(refused(decided({ correctedOn: null }))).toBe('leniency-not-corrected correctedOn');
    expect(refused(decided({ correctedOn: '2026-11-26' }))).toBe('leniency-not-corrected correctedOn');
    expect(refused(decided({ harm: 'none' }))).toBe('leniency-verdict-differs verdict');
    expect(refused(decided({ verdict: 'refused' }))).toBe('leniency-conditions-met verdict');
    expect(refused(decided({ number: null }))).toBe('leniency-number-missing number');
    expect(refused(decided({ violatedOn: '2026-12-01', correctBy: '2026-12-02' }))).toBe(
      'date-in-future violatedOn',
    );
    expect(refused(decided({ correctBy: '2026-11-19' }))).toBe('leniency-corrected-before correctBy');
    expect(refused(decided({ item: 'murder' }))).toBe('leniency-item-unknown item');
    expect(refused(decided({}, TODAY, officer))).toBe('role-may-not');
    expect(refused(decided({}, TODAY, actorAt('/HS/C2', 'supervisor')))).toBe('outside-scope merchantPath');
    const same = { kind: 'sanction', id: 's', on: '2025-03-01', sameKind: true } as const;
    expect(refused(decided({ lookedAt: [same] }))).toBe('leniency-not-first violatedOn');
    expect(refused(decided({ lookedAt: [{ ...same, on: '2024-11-20' }] }))).toBeNull();
    expect(refused(decided({ lookedAt: [{ ...same, sameKind: false }] }))).toBeNull();
    expect(refused(decided({ lookedAt: [same, same] }))).toBe('leniency-record-twice lookedAt.1');
  });

  it('of two desks that decide the same offline, the second is refused by the first', () => {
    const [one, other] = [decided(), decided({ decisionId: 'd-2', violatedOn: '2026-11-21' })];
    expect(one.stream).toEqual(other.stream);
    expect(refused(one)).toBeNull();
    expect(refused(other)).toBeNull();
    expect(refused(one, other)).toBe('leniency-not-first violatedOn');
    expect(refused(other, one)).toBe('leniency-not-first violatedOn');
  });

  it('is followed by education, once, and may be taken back', () => {
    const educated = follow('leniency-educated', { on: TODAY, text: '讲解明码标价规定' });
    const { state } = run(decided());
    expect(state && leniencyTasks(state).map(({ kind, part }) => [kind, part])).toEqual([
      ['education', 'd-1'],
    ]);
    const done = run(decided(), educated).state;
    expect(done && leniencyTasks(done)).toEqual([]);
    expect(refused(decided(), educated, educated)).toBe('leniency-educated-already decisionId');
    expect(refused(decided(), follow('leniency-educated', { on: '2026-12-01', text: 'x' }))).toBe(
      'date-in-future on',
    );
    expect(refused(decided({ verdict: 'refused', harm: 'more', number: null }), educated)).toBe(
      'leniency-refused decisionId',
    );
    const back = follow('leniency-withdrawn', { reason: '有误' }, TODAY, supervisor);
    expect(refused(decided(), back, educated)).toBe('leniency-withdrawn decisionId');
    expect(refused(decided(), back, decided({ decisionId: 'd-2' }))).toBeNull();
    expect(refused(educated)).toBe('leniency-missing');
  });

  it('counts in no grade, and in the figures as often as it stands', () => {
    const facts = [
      decided(),
      follow('leniency-educated', { on: TODAY, text: 'x' }),
      decided({ decisionId: 'd-2', harm: 'more', verdict: 'refused', number: null, correctedOn: null }),
      follow('leniency-withdrawn', { reason: '有误' }, TODAY, supervisor),
      decided({ decisionId: 'd-3', harm: 'none', verdict: 'refused', number: null }),
    ];
    let state: LeniencyState | undefined;
    const sums: Record<string, number> = {};
    for (const fact of facts) {
      const ruling = applyLeniency(state, fact);
      if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
      const event: EventEnvelope = { ...fact, id: 'x', device: 'd', deviceSequence: 1 };
      const context = { levelOf: () => 1, partyOf: () => 'regulator' as const, rules: shippedRules };
      const observed = observationsOf(
        state === undefined ? undefined : { kind: 'leniency', state },
        event,
        { kind: 'leniency', state: ruling.state },
        context,
      );
      expect(observed).toMatchObject({ add: [], retract: [], moved: null });
      for (const { metric, dimension, value } of leniencyDeltas(state, event, ruling.state).counters)
        sums[`${metric} ${dimension}`.trim()] = (sums[`${metric} ${dimension}`.trim()] ?? 0) + value;
      state = ruling.state;
    }
    expect(sums).toEqual({
      'leniency-decided': 0,
      'leniency-educated': 0,
      'leniency-refused': 2,
      // The first decision stood when the second was refused, and that one when the third was.
      'leniency-refused condition:first': 2,
      'leniency-refused condition:harm': 1,
      'leniency-refused condition:corrected': 1,
    });
  });
});

describe('admission', () => {
  const sanction = (over: object = {}): SanctionState =>
    ({
      id: 's-1',
      merchantId: 'm-1',
      kind: 'penalty',
      determinedOn: '2026-01-05',
      areas: ['food'],
      number: '1',
      ended: null,
      continues: null,
      ...over,
    }) as unknown as SanctionState;
  const draw = { results: [{ resultId: 'result', merchantId: 'm-1', outcome: 'finding' }] };
  const admitted = (over: Partial<Decided>, records: Record<string, unknown> = {}, party = 'regulator') => {
    const fact = decided(over);
    const known: Record<string, unknown> = { 'inspection:draw': draw, ...records };
    const context = {
      source: { unitPath: '/HS', centre: false },
      partyOf: () => party,
      exists: () => true,
      levelOf: () => 1,
      // Only what it has asked for may be looked up.
      record: ({ kind, id }: { kind: string; id: string }) => {
        expect(recordsOfLeniency(fact)).toContainEqual({ kind, id });
        return known[`${kind}:${id}`];
      },
    } as unknown as AdmissionContext<typeof shippedRules>;
    const { state } = run(fact);
    const refusal = refusalOfLeniency(undefined, fact, state as LeniencyState, context);
    return refusal === null ? 'admitted' : `${refusal.rule} ${refusal.field ?? ''}`.trim();
  };
  const looked = (sameKind: boolean) => ({
    kind: 'sanction' as const,
    id: 's-1',
    on: '2026-01-05',
    sameKind,
  });

  it('asks for the finding, and for each penalty that is known', () => {
    expect(admitted({})).toBe('admitted');
    expect(admitted({}, {}, 'operator')).toBe('leniency-regulator-only unitPath');
    expect(admitted({}, { 'inspection:draw': { results: [] } })).toBe('leniency-source-unknown source');
    const guidance = { source: { kind: 'guidance', id: 'g', part: null } } as const;
    expect(admitted(guidance, { 'guidance:g': { merchantId: 'm-1', held: {} } })).toBe('admitted');
    expect(admitted(guidance, { 'guidance:g': { merchantId: 'm-1', held: null } })).toBe(
      'leniency-source-unknown source',
    );
    const other = { lookedAt: [looked(false)] };
    expect(admitted(other, { 'sanction:s-1': sanction() })).toBe('admitted');
    expect(admitted(other, { 'sanction:s-1': sanction({ merchantId: 'm-2' }) })).toBe(
      'leniency-record-unknown lookedAt.0',
    );
    expect(admitted(other, { 'sanction:s-1': sanction({ ended: { cause: 'annulled' } }) })).toBe(
      'leniency-record-unknown lookedAt.0',
    );
    expect(admitted({ ...other, item: 'purchase-not-recorded' }, { 'sanction:s-1': sanction() })).toBe(
      'leniency-record-same-kind lookedAt.0',
    );
    const credit = { penalties: [{ entryId: 'p', on: '2026-02-01', number: '2', ended: null }] };
    expect(admitted({}, { 'credit:m-1': credit })).toBe('leniency-record-missed lookedAt');
    expect(
      admitted(
        { lookedAt: [{ kind: 'credit-entry', id: 'p', on: '2026-02-01', sameKind: false }] },
        { 'credit:m-1': credit },
      ),
    ).toBe('admitted');
  });

  it('a penalty that was repaired was a violation all the same; one that stands twice is looked at once', () => {
    const entry = { entryId: 'p', on: '2026-01-05', number: '1', ended: null };
    const credit = { penalties: [entry] } as unknown as Parameters<typeof penaltiesToLookAt>[0];
    const repaired = sanction({ continues: 'p', ended: { cause: 'repaired' } });
    expect(penaltiesToLookAt(credit, [repaired], '2026-11-20', 24).map(({ id }) => id)).toEqual(['s-1']);
    expect(penaltiesToLookAt(credit, [], '2026-11-20', 24).map(({ id }) => id)).toEqual(['p']);
    expect(penaltiesToLookAt(credit, [], '2028-01-05', 24)).toEqual([]);
  });
});
