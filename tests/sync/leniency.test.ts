import { expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import type { DecideLeniency, LeniencyAction } from '../../src/contract/workstation/leniency.ts';
import type { DrawAction, GuidanceAction } from '../../src/contract/workstation/inspection.ts';
import { defaultPlan } from '../../src/domain/inspection/index.ts';
import { addMonths } from '../../src/domain/kernel/calendar/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { plainTextOf } from '../support/poppler.ts';
import { PASSWORD } from '../support/workstation.ts';

const workstations = useWorkstations();
const SHOP = '/HS/C1/M01/S001';
const NOW = new Date('2026-11-30T02:00:00Z');
const TODAY = '2026-11-30';
const ruleOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: { code: string; data?: unknown }) => error.data ?? error.code,
  );

it('after a repair guidance comes first, and of two desks that decide a first offence offline one is refused', async () => {
  workstations.centre.setNow(NOW);
  const { admin } = workstations.centre.admin;
  const drawer = {
    id: 'mediator-district',
    name: '抽取人（虚构）',
    role: 'mediator' as const,
    unitPath: '/HS',
  };
  await admin.addStaff({ staff: [{ ...drawer, passwordHash: workstations.passwordHash }] });
  const open = async (name: string): Promise<WorkstationClient> =>
    (await workstations.open(name, '/HS', 'supervisor-district', { clock: () => NOW })).api;
  const [api, second] = [await open('district'), await open('second')];
  const proved = async (...all: WorkstationClient[]): Promise<void> => {
    for (const one of all) expect(await one.sync.now()).toMatchObject({ sign: 'proved' });
  };
  await proved(api, second);
  const register = async (name: string): Promise<string> => {
    const merchantId = uuidv7();
    const nothing = { creditCode: null, address: null, contactName: null, phone: null };
    await api.merchants.register({ merchantId, name, category: 'enterprise', unitPath: SHOP, ...nothing });
    return merchantId;
  };
  const [repaired, fresh] = [await register('虚构服饰店'), await register('虚构鞋店')];
  const penalize = (merchantId: string, number: string) =>
    api.sanctions.record({
      eventId: uuidv7(),
      merchantId,
      continues: null,
      content: {
        kind: 'penalty',
        class: 'minor',
        organ: '虚构市场监督管理局',
        number,
        determinedOn: '2026-11-05',
        publishedOn: null,
        channel: 'gsxt',
        simplified: true,
        measures: ['warning'],
        areas: [],
        restrictedUntil: null,
        text: '【虚构示例】未明码标价',
        duties: [],
      },
    });
  const { state } = await penalize(repaired, '虚市监处罚〔2026〕12号');
  await api.sanctions.step({
    id: state.id,
    revision: 1,
    eventId: uuidv7(),
    fact: {
      type: 'sanction-ended',
      payload: { cause: 'repaired', on: TODAY, number: null, effectiveAt: null },
    },
  });
  const classes = defaultPlan.classes.map((one) =>
    one.class === 'not-rated' ? { ...one, perMille: 1000 } : one,
  );
  const plan = { ...defaultPlan, effectiveFrom: TODAY, classes };
  await api.inspections.publishPlan({ eventId: uuidv7(), version: 2, plan });

  // The draw says who is guided first, and until when.
  const drawId = uuidv7();
  await api.inspections.prepare({ drawId, unitPath: '/HS/C1', drawerSeed: '4711' });
  await api.session.signIn({ staffId: drawer.id, password: PASSWORD });
  const act = async (action: DrawAction) => {
    const { revision } = await api.inspections.draw({ id: drawId });
    return api.inspections.act({ id: drawId, revision, eventId: uuidv7(), action });
  };
  const { drawn } = await act({ step: 'draw-made', payload: { witnessSeed: '0815' } });
  await api.session.signIn({ staffId: 'supervisor-district', password: PASSWORD });
  const until = addMonths(TODAY, 6);
  expect(new Map(drawn.map((one) => [one.merchantId, one.guidanceFirst]))).toEqual(
    new Map([
      [repaired, { until, guidanceId: null }],
      [fresh, null],
    ]),
  );
  const found = (merchantId: string, over: object = {}): DrawAction => ({
    step: 'result-recorded',
    payload: { merchantId, on: TODAY, outcome: 'finding', text: '价签缺失', creditFactId: null, ...over },
  });
  expect(await ruleOf(act(found(repaired)))).toMatchObject({ rule: 'guidance-first', field: 'guidanceId' });
  expect(await ruleOf(act(found(repaired, { exception: { kind: 'whim', reason: '顺路' } })))).toMatchObject({
    rule: 'guidance-exception-unknown',
  });
  const openTasks = async (): Promise<string[]> =>
    (await api.deadlines.board({})).others.cases.map(({ task }) => task);
  expect(await openTasks()).toContain('inspection.guidance');
  const guidanceId = uuidv7();
  const slot = '2026-12-02T10:00:00+08:00';
  await api.inspections.offer({
    guidanceId,
    merchantId: repaired,
    subject: '明码标价',
    slots: [slot],
    drawId,
  });
  expect(await openTasks()).not.toContain('inspection.guidance');
  const guide = (revision: number, action: GuidanceAction) =>
    api.inspections.guide({ id: guidanceId, revision, eventId: uuidv7(), action });
  await guide(1, { step: 'guidance-slot-chosen', payload: { slot, contact: '店长' } });
  await guide(2, {
    step: 'guidance-held',
    payload: { on: TODAY, officer: '王一', findings: '价签缺失', promises: [], recheckOn: null },
  });
  await act(found(repaired));
  const detail = await act(found(fresh));
  // What was recorded about it since may be named as what came of the visit, by the id of the record.
  expect(detail.drawn.find((one) => one.merchantId === repaired)?.entries).toMatchObject([
    { entryId: state.id, kind: 'penalty' },
  ]);
  const resultOf = (merchantId: string) =>
    detail.drawn.find((one) => one.merchantId === merchantId)?.result ?? null;
  expect(resultOf(repaired)).toMatchObject({ guidanceId });
  await proved(api, second);

  // Both desks decide the same first offence, each without the other.
  const decision = (merchantId: string, over: Partial<DecideLeniency> = {}): DecideLeniency => ({
    eventId: uuidv7(),
    merchantId,
    item: 'price-unmarked',
    source: { kind: 'inspection', id: drawId, part: resultOf(merchantId)?.resultId ?? '' },
    violatedOn: TODAY,
    facts: '价签缺失',
    harm: 'slight',
    harmGround: '没有投诉',
    correctBy: TODAY,
    correctedOn: TODAY,
    correctGround: '当场补齐价签',
    lookedAt: [],
    lenient: true,
    number: '虚市监不罚〔2026〕1号',
    ...over,
  });
  const first = decision(fresh);
  const [decided] = await api.leniency.decide(first);
  expect(await api.leniency.decide(first)).toHaveLength(1);
  expect(decided).toMatchObject({ verdict: 'may-be-unpunished', conditions: { first: { met: true } } });
  await second.leniency.decide(decision(fresh, { number: '虚市监不罚〔2026〕2号' }));
  await proved(api);
  expect(await second.sync.now()).toMatchObject({ sign: 'attention' });
  for (const one of [api, second])
    expect((await one.leniency.list()).map(({ number }) => number)).toEqual(['虚市监不罚〔2026〕1号']);
  expect(await ruleOf(api.leniency.decide(decision(fresh)))).toMatchObject({
    rule: 'leniency-not-first',
    field: 'violatedOn',
  });

  // An earlier penalty has to be looked at, repaired or not, and one of the same kind stands in the way.
  const form = await api.leniency.form({ merchantId: repaired });
  expect(form.penalties).toMatchObject([{ kind: 'sanction', id: state.id, on: '2026-11-05' }]);
  expect(await ruleOf(api.leniency.decide(decision(repaired)))).toMatchObject({
    rule: 'leniency-record-missed',
  });
  const lookedAt = [{ kind: 'sanction' as const, id: state.id, on: '2026-11-05', sameKind: true }];
  expect(await ruleOf(api.leniency.decide(decision(repaired, { lookedAt })))).toMatchObject({
    rule: 'leniency-not-first',
    parameters: { day: '2026-11-05' },
  });
  await api.leniency.decide(decision(repaired, { lookedAt, lenient: false }));

  // Whoever is not punished is educated, and has the decision on paper.
  const { id = '', decisionId = '' } = decided ?? {};
  expect(await openTasks()).toContain('leniency.education');
  const educated: LeniencyAction = {
    step: 'leniency-educated',
    payload: { decisionId, on: TODAY, text: '讲解明码标价规定' },
  };
  await api.leniency.act({ id, revision: 1, eventId: uuidv7(), action: educated });
  expect(await openTasks()).not.toContain('leniency.education');
  const { base64 } = await api.leniency.print({ id, decisionId });
  const paper = (await plainTextOf(Buffer.from(base64, 'base64'))).replaceAll(/\s/g, '');
  expect(paper).toContain('不予行政处罚决定书');
  expect(paper).toContain('虚市监不罚〔2026〕1号');
  await proved(api);

  // A penalty that comes to light later is seen beside the decision.
  expect((await api.leniency.list()).map(({ missed }) => missed)).toEqual([[], []]);
  await penalize(fresh, '虚市监处罚〔2026〕13号');
  expect((await api.leniency.list()).flatMap(({ missed }) => missed)).toEqual(['虚市监处罚〔2026〕13号']);
  await proved(api);

  // Figures at all four levels are those of an independent count, also when they are made anew.
  const counts = { 'leniency-decided': 1, 'leniency-educated': 1, 'leniency-refused': 1 };
  for (const path of ['/HS', '/HS/C1', '/HS/C1/M01', SHOP]) {
    const { all } = await admin.rollup({ path, from: TODAY, to: TODAY });
    expect(all.totals).toMatchObject({
      ...counts,
      'guidance-first-kept': path.length > '/HS/C1'.length ? 0 : 1,
      'guidance-first-excepted': 0,
    });
  }
  const broken = async () => (await admin.verify()).invariants.filter((one) => one.broken > 0);
  expect(await broken()).toEqual([]);
  await admin.rebuild({});
  expect(await broken()).toEqual([]);
});
