import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOfDraw, recordsOfDraw } from '../../src/domain/inspection/admission.ts';
import { inspectionDeltas } from '../../src/domain/inspection/deltas.ts';
import { drawFrom, seedOf } from '../../src/domain/inspection/draw.ts';
import { guidanceBetween } from '../../src/domain/inspection/guidance-first.ts';
import type { GuidanceState } from '../../src/domain/inspection/index.ts';
import { applyInspection, type InspectionState } from '../../src/domain/inspection/inspection.ts';
import { inspectionTasks } from '../../src/domain/inspection/tasks.ts';
import type { AdmissionContext } from '../../src/domain/kernel/event/admission.ts';
import { addMonths, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { Fact } from '../../src/domain/kernel/event/event.ts';
import type { shippedRules } from '../../src/domain/procedure/rulebook.ts';
import type { SanctionState } from '../../src/domain/sanction/index.ts';
import { candidatesHash } from '../../src/protocol/verify-draw.ts';
import { actorAt, factOf } from '../support/facts.ts';

const DAY = '2026-11-30';
const REPAIRED = '2026-11-02';
const MARK = { merchantId: 'm', sanctionId: 's', from: REPAIRED, until: addMonths(REPAIRED, 6) };
const CLASSES = [{ class: 'E', perMille: 1000, manner: 'key', candidates: ['m', 'n'] }] as const;
const PREPARED = {
  unitPath: '/HS/C1',
  day: DAY,
  planVersion: 1,
  classes: CLASSES,
  guidanceFirst: [MARK],
  candidatesHash: candidatesHash(CLASSES.map((one) => ({ ...one, candidates: [...one.candidates] }))),
  drawerSeed: '4711',
};
const MADE = { witnessSeed: '0815', drawn: drawFrom(CLASSES, seedOf('4711', '0815')) };
const drawer = actorAt('/HS', 'mediator');
const witness = { ...actorAt('/HS', 'mediator'), staffId: 'witness' };
const at = (day: string): string => `${day}T02:00:00.000Z`;
const fact = (type: string, payload: unknown, day = DAY, actor = drawer): Fact =>
  factOf('inspection', 'one', type, payload, actor, at(day));

function run(...facts: Fact[]): InspectionState | string {
  let state: InspectionState | undefined;
  for (const one of facts) {
    const ruling = applyInspection(state, one);
    if (ruling.kind === 'illegal') return `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim();
    if (ruling.kind !== 'legal') throw new Error(one.type);
    ({ state } = ruling);
  }
  if (state === undefined) throw new Error('nothing');
  return state;
}
const made = (): InspectionState =>
  run(fact('draw-prepared', PREPARED), fact('draw-made', MADE, DAY, witness)) as InspectionState;
const result = (over: object = {}) => ({
  resultId: 'r',
  merchantId: 'm',
  on: DAY,
  outcome: 'nothing-found',
  text: '',
  creditFactId: null,
  ...over,
});
const visit = (over: object, day = DAY): InspectionState | string =>
  run(
    fact('draw-prepared', PREPARED),
    fact('draw-made', MADE, DAY, witness),
    fact('result-recorded', result(over), day),
  );

describe('guidance before a visit after a repair', () => {
  it('is asked for while the time runs, of that merchant, but for a reason of an allowed kind', () => {
    expect(visit({})).toBe('guidance-first guidanceId');
    expect(visit({ guidanceId: 'g' })).toMatchObject({ results: [{ guidanceId: 'g' }] });
    expect(visit({ exception: { kind: 'complaint', reason: '12315 投诉' } })).toMatchObject({
      results: [{ exception: { kind: 'complaint' } }],
    });
    expect(visit({ exception: { kind: 'whim', reason: '顺路' } })).toBe(
      'guidance-exception-unknown exception.kind',
    );
    expect(visit({ exception: { kind: 'complaint', reason: ' ' } })).toBe('payload-invalid exception.reason');
    expect(visit({ outcome: 'not-reached' })).not.toBeTypeOf('string');
    expect(visit({ merchantId: 'n' })).not.toBeTypeOf('string');
    expect(visit({ on: MARK.until }, MARK.until)).toBe('guidance-first guidanceId');
    const after = shiftDay(MARK.until, 1);
    expect(visit({ on: after }, after)).not.toBeTypeOf('string');
    expect(run(fact('draw-prepared', { ...PREPARED, guidanceFirst: [{ ...MARK, merchantId: 'x' }] }))).toBe(
      'draw-candidate-unknown guidanceFirst.0',
    );
  });

  it('is a task of the draw until it is arranged or the visit is over', () => {
    expect(inspectionTasks(made()).map(({ kind, part }) => [kind, part])).toEqual([['guidance', 'm']]);
    const base = [fact('draw-prepared', PREPARED), fact('draw-made', MADE, DAY, witness)];
    const arranged = run(...base, fact('guidance-arranged', { merchantId: 'm', guidanceId: 'g' }));
    expect(inspectionTasks(arranged as InspectionState)).toEqual([]);
    expect(inspectionTasks(visit({ guidanceId: 'g' }) as InspectionState)).toEqual([]);
    expect(inspectionTasks(run(base[0] as Fact) as InspectionState)).toEqual([]);
    expect(run(...base, fact('guidance-arranged', { merchantId: 'x', guidanceId: 'g' }))).toBe(
      'draw-not-drawn merchantId',
    );
  });

  it('is counted once a merchant, whatever results take the place of others', () => {
    const results = fc.array(
      fc.record({
        merchantId: fc.constantFrom('m', 'n'),
        outcome: fc.constantFrom('nothing-found', 'not-reached'),
        how: fc.constantFrom('guidance', 'exception'),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(results, (all) => {
        let state = made();
        const sums: Record<string, number> = { 'guidance-first-kept': 0, 'guidance-first-excepted': 0 };
        all.forEach(({ merchantId, outcome, how }, place) => {
          const over =
            how === 'guidance' ? { guidanceId: 'g' } : { exception: { kind: 'safety', reason: '食品' } };
          const one = fact(
            'result-recorded',
            result({ resultId: `r${place}`, merchantId, outcome, ...over }),
          );
          const ruling = applyInspection(state, one);
          if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
          for (const { metric, value } of inspectionDeltas(state, one, ruling.state).counters)
            if (metric in sums) sums[metric] = (sums[metric] ?? 0) + value;
          ({ state } = ruling);
        });
        const last = all.findLast(({ merchantId }) => merchantId === 'm');
        const counts = last !== undefined && last.outcome !== 'not-reached';
        expect(sums).toEqual({
          'guidance-first-kept': counts && last.how === 'guidance' ? 1 : 0,
          'guidance-first-excepted': counts && last.how === 'exception' ? 1 : 0,
        });
      }),
    );
  });

  it('lies between the repair and the visit', () => {
    const offset = fc.integer({ min: -10, max: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(offset, fc.boolean(), fc.boolean()), { maxLength: 5 }), (all) => {
        const guidances = all.map(([shift, isHeld, own], index) => ({
          id: `g${index}`,
          merchantId: own ? 'm' : 'n',
          held: isHeld ? { on: shiftDay(REPAIRED, shift) } : null,
        })) as GuidanceState[];
        const expected = all.some(
          ([shift, isHeld, own]) => isHeld && own && shift >= 0 && shiftDay(REPAIRED, shift) <= DAY,
        );
        const found = guidanceBetween(guidances, 'm', REPAIRED, DAY);
        expect(found !== undefined).toBe(expected);
      }),
    );
  });

  it('is asked of the repair and the guidance that are named', () => {
    const sanction = {
      id: 's',
      merchantId: 'm',
      ended: { cause: 'repaired', on: REPAIRED, effectiveAt: null },
    } as unknown as SanctionState;
    const guidance = { id: 'g', merchantId: 'm', held: { on: '2026-11-10' } } as unknown as GuidanceState;
    const refusal = (one: Fact, after: InspectionState, records: Record<string, unknown>) => {
      const context = {
        source: { unitPath: '/HS', centre: false },
        partyOf: () => 'regulator',
        exists: () => true,
        levelOf: () => 2,
        record: ({ kind, id }: { kind: string; id: string }) => {
          expect(recordsOfDraw(one)).toContainEqual({ kind, id });
          return records[`${kind}:${id}`];
        },
      } as unknown as AdmissionContext<typeof shippedRules>;
      const found = refusalOfDraw(made(), one, after, context);
      return found === null ? 'admitted' : `${found.rule} ${found.field ?? ''}`.trim();
    };
    const prepared = fact('draw-prepared', { ...PREPARED, classes: [{ ...CLASSES[0], perMille: 1000 }] });
    const draw = (records: Record<string, unknown>) =>
      refusal(prepared, run(prepared) as InspectionState, records);
    expect(draw({ 'sanction:s': sanction })).toBe('admitted');
    expect(draw({ 'sanction:s': { ...sanction, merchantId: 'n' } })).toBe(
      'guidance-first-repair guidanceFirst.0',
    );
    expect(draw({ 'sanction:s': { ...sanction, ended: null } })).toBe(
      'guidance-first-repair guidanceFirst.0',
    );
    expect(draw({})).toBe('guidance-first-repair guidanceFirst.0');
    const one = fact('result-recorded', result({ guidanceId: 'g' }));
    const visited = visit({ guidanceId: 'g' }) as InspectionState;
    expect(refusal(one, visited, { 'guidance:g': guidance })).toBe('admitted');
    expect(refusal(one, visited, { 'guidance:g': { ...guidance, held: { on: '2026-11-01' } } })).toBe(
      'guidance-first-unknown guidanceId',
    );
    expect(refusal(one, visited, {})).toBe('guidance-first-unknown guidanceId');
  });
});

describe('a share', () => {
  it('never exceeds the candidates', () => {
    const beyond = { ...PREPARED, classes: [{ ...CLASSES[0], perMille: 1001 }] };
    const ruling = applyInspection(undefined, fact('draw-prepared', beyond));
    expect(ruling).toMatchObject({
      refusal: { field: 'classes.0.perMille', parameters: { detail: 'draw-share-exceeds' } },
    });
    const drawn = [{ class: 'E', merchantIds: ['m', 'n', 'x'] }];
    expect(run(fact('draw-prepared', PREPARED), fact('draw-made', { ...MADE, drawn }, DAY, witness))).toBe(
      'draw-share-exceeds drawn.0',
    );
  });
});
