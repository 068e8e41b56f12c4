import { describe, expect, it } from 'vitest';
import type { ProcedureState } from '../../src/domain/procedure/published.ts';
import { shippedRules } from '../../src/domain/procedure/rulebook.ts';
import { rulebookOf } from '../../src/domain/streams.ts';
import { followUpsOf } from '../../src/domain/case/follow-up.ts';
import { drawSample, lotOf } from '../../src/domain/case/sample.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import type { Actor } from '../../src/domain/kernel/event/event.ts';
import english from '../../src/renderer/kernel/locales/en/rules.ts';
import chinese from '../../src/renderer/kernel/locales/zh-CN/rules.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { procedureFrom } from '../support/procedures.ts';
import { applyCase } from '../support/shipped.ts';

const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';
const mediator = actorAt(MALL);
const supervisor = actorAt(MALL, 'supervisor');
const colleague: Actor = { ...mediator, staffId: 'colleague', name: '同事' };

type Step = [type: string, payload: unknown, actor?: Actor, at?: string];

/** Plays steps by the mall's mediator; the last ruling is what is asked about. */
function play(...steps: Step[]) {
  let state: CaseState | undefined;
  let ruling = applyCase(undefined, factOf('case', 'c1', 'case-registered', registration(), mediator));
  if (ruling.kind === 'legal') state = ruling.state;
  for (const [type, payload, actor = mediator, at = '2026-03-10T03:00:00.000Z'] of steps) {
    ruling = applyCase(state, factOf('case', 'c1', type, payload, actor, at));
    if (ruling.kind === 'legal') state = ruling.state;
  }
  return { ruling, state: state as CaseState };
}
const ruleOf = (...steps: Step[]): string | null => {
  const { ruling } = play(...steps);
  return ruling.kind === 'illegal' ? ruling.refusal.rule : null;
};

const to = (actor: Actor) => ({ staffId: actor.staffId, name: actor.name });
const nobody = { staffId: null, name: null };
const closed = (actor?: Actor): Step[] => [
  ...(actor ? [['case-assigned', to(actor), supervisor] as Step] : []),
  ['case-withdrawn', { reason: '撤回' }],
  ['case-closed', { satisfaction: 'unknown' }],
];
const sound = { result: 'sound', text: '', sampleId: 'sample-1' };

describe('assignment', () => {
  it('is made by the supervisor of the handling unit, and changes neither status nor unit', () => {
    const { state } = play(['case-accepted', {}], ['case-assigned', to(colleague), supervisor]);
    expect(state).toMatchObject({ status: 'accepted', handlingPath: MALL, assignee: to(colleague) });
  });

  it('lets a mediator take a case themself and give it back, and nothing else', () => {
    expect(play(['case-assigned', to(mediator)]).state.assignee).toMatchObject(to(mediator));
    expect(play(['case-assigned', to(mediator)], ['case-assigned', nobody]).state.assignee).toBeUndefined();
    expect(ruleOf(['case-assigned', to(colleague)])).toBe('assign-only-oneself');
    expect(ruleOf(['case-assigned', to(colleague), supervisor], ['case-assigned', nobody])).toBe(
      'assign-only-oneself',
    );
  });

  it.each<[string, Step[]]>([
    ['nobody-assigned', [['case-assigned', nobody]]],
    [
      'assigned-already',
      [
        ['case-assigned', to(mediator)],
        ['case-assigned', to(mediator)],
      ],
    ],
    ['not-handling-unit', [['case-assigned', to(mediator), actorAt('/HS/C1', 'supervisor')]]],
    ['role-may-not', [['case-assigned', to(mediator), actorAt(MALL, 'administrator')]]],
    ['step-not-possible', [...closed(), ['case-assigned', to(mediator)]]],
    ['payload-invalid', [['case-assigned', { staffId: 'x', name: null }]]],
  ])('is refused as %s', (rule, steps) => {
    expect(ruleOf(...steps)).toBe(rule);
  });

  it('ends where the handling unit changes', () => {
    const { state } = play(
      ['case-assigned', to(colleague), supervisor],
      ['case-escalated', { toPath: '/HS/C1', reason: '未成' }],
    );
    expect(state.handlingPath).toBe('/HS/C1');
    expect(state.assignee).toBeUndefined();
  });
});

describe('a review of a closed case', () => {
  it('is kept with who made it and changes no status', () => {
    const remarks = { result: 'remarks', text: '笔录过简', sampleId: 'sample-1' };
    const { state } = play(...closed(mediator), ['case-reviewed', remarks, supervisor]);
    expect(state.status).toBe('closed');
    expect(state.reviews).toEqual([
      { ...remarks, at: '2026-03-10T03:00:00.000Z', byName: supervisor.name, unitPath: MALL },
    ]);
  });

  it('may be made by a mediator of a unit above, but not of the same unit', () => {
    expect(ruleOf(...closed(), ['case-reviewed', sound, actorAt('/HS/C1')])).toBeNull();
    expect(ruleOf(...closed(), ['case-reviewed', sound, mediator])).toBe('role-may-not');
  });

  it.each<[string, Step[]]>([
    ['review-only-closed', [['case-reviewed', sound, supervisor]]],
    ['review-from-above', [...closed(), ['case-reviewed', sound, actorAt(SHOP, 'supervisor')]]],
    ['review-from-above', [...closed(), ['case-reviewed', sound, actorAt('/HS/C1/M02', 'supervisor')]]],
    ['review-own-case', [...closed(supervisor), ['case-reviewed', sound, supervisor]]],
    [
      'reviewed-already',
      [...closed(), ['case-reviewed', sound, supervisor], ['case-reviewed', sound, supervisor]],
    ],
    ['remarks-need-text', [...closed(), ['case-reviewed', { ...sound, result: 'remarks' }, supervisor]]],
  ])('is refused as %s', (rule, steps) => {
    const { ruling } = play(...steps);
    const refusal = ruling.kind === 'illegal' ? ruling.refusal : null;
    expect([refusal?.rule, refusal?.parameters?.['detail']]).toContain(rule);
    expect(chinese).toHaveProperty(rule);
    expect(english).toHaveProperty(rule);
  });

  it('is made of the same case again in another sample', () => {
    const again = { ...sound, sampleId: 'sample-2' };
    const { state } = play(
      ...closed(),
      ['case-reviewed', sound, supervisor],
      ['case-reviewed', again, supervisor],
    );
    expect(state.reviews?.map(({ sampleId }) => sampleId)).toEqual(['sample-1', 'sample-2']);
  });
});

describe('a sample', () => {
  const ids = Array.from({ length: 500 }, (_, index) => `case-${index}`);

  it('is the same for the same seed, in whatever order the cases come', () => {
    const drawn = drawSample(ids, 20, 'seed');
    expect(new Set(drawn).size).toBe(20);
    expect(drawSample(ids.toReversed(), 20, 'seed')).toEqual(drawn);
    expect(drawSample(ids, 20, 'another')).not.toEqual(drawn);
  });

  it('changes by one at most when one more case is there, and is all of a few', () => {
    const drawn = new Set(drawSample(ids, 20, 'seed'));
    for (let extra = 0; extra < 50; extra += 1) {
      const changed = drawSample([...ids, `late-${extra}`], 20, 'seed').filter((id) => !drawn.has(id));
      expect(changed.length).toBeLessThanOrEqual(1);
    }
    expect(drawSample(ids.slice(0, 3), 20, 'seed').toSorted()).toEqual(ids.slice(0, 3).toSorted());
  });

  it('gives every case about the same chance', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 1000; seed += 1)
      for (const id of drawSample(ids.slice(0, 50), 10, `s${seed}`))
        counts.set(id, (counts.get(id) ?? 0) + 1);
    // 200 are expected of each; six standard deviations are 76.
    for (const id of ids.slice(0, 50)) {
      expect(counts.get(id)).toBeGreaterThan(124);
      expect(counts.get(id)).toBeLessThan(276);
    }
    expect(lotOf('a')).not.toBe(lotOf('b'));
  });
});

const atMall = { level: 2, regulator: false };

describe('follow-up', () => {
  it('asks for a call after closing where closing did not know, until it is made', () => {
    const { state } = play(...closed());
    expect(followUpsOf(state, shippedRules, atMall)).toEqual([
      { kind: 'satisfaction', dueAt: '2026-03-17T23:59:59.999+08:00', provisional: false },
    ]);
    const called = play(...closed(), [
      'satisfaction-recorded',
      { satisfaction: 'satisfied', on: '2026-03-10' },
    ]);
    expect(followUpsOf(called.state, shippedRules, atMall)).toEqual([]);
  });

  it('calls as many days after closing as the procedure of the case says', () => {
    const { state } = play(...closed());
    const procedure = procedureFrom('2026-01-01', ({ limits }) => {
      limits.satisfactionCallDays = { ...limits.confirmationDays, value: 3 };
    });
    const rules = rulebookOf([
      {
        kind: 'procedure',
        state: {
          id: 'HS',
          versions: [{ version: 2, procedure, publishedAt: '2026-01-01T00:00:00Z', replacedBy: null }],
        } as unknown as ProcedureState,
      },
    ]);
    expect(followUpsOf({ ...state, procedure: 2 }, rules, atMall).map(({ dueAt }) => dueAt)).toEqual([
      '2026-03-13T23:59:59.999+08:00',
    ]);
  });

  it('counts down to the end of the time for judicial confirmation (人民调解法 Art. 33)', () => {
    const { state } = play();
    const documents = [
      {
        documentId: 'd1',
        kind: 'peoples-mediation-agreement',
        signed: { manner: 'on-paper', signedOn: '2026-03-10', signers: [] },
      },
    ] as unknown as NonNullable<CaseState['documents']>;
    expect(followUpsOf({ ...state, documents }, shippedRules, atMall)).toEqual([
      { kind: 'confirmation', dueAt: '2026-04-09T23:59:59.999+08:00', provisional: false },
    ]);
    const confirmation = { court: '海曙区人民法院', on: '2026-03-20' };
    expect(followUpsOf({ ...state, documents, confirmation }, shippedRules, atMall)).toEqual([]);
  });
});
