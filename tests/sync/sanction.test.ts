import { expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import type { SanctionDetail, SanctionFact } from '../../src/contract/workstation/sanction.ts';
import { gradeWanted } from '../../src/central/credit/index.ts';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { SanctionContent } from '../../src/domain/sanction/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { ingestPartsOf } from '../support/ingest-parts.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { plainTextOf } from '../support/poppler.ts';
import { caseInput } from '../support/workstation.ts';

const workstations = useWorkstations();
const SHOP = '/HS/C1/M01/S001';
const NOW = new Date('2027-01-20T02:00:00Z');

const open = async (unitPath: string, staffId: string): Promise<WorkstationClient> =>
  (await workstations.open(staffId, unitPath, staffId, { clock: () => NOW, leasesNumbers: true })).api;

async function proved(...apis: WorkstationClient[]): Promise<void> {
  for (const api of apis) expect(await api.sync.now()).toMatchObject({ sign: 'proved' });
}

const content = (over: Partial<SanctionContent> = {}): SanctionContent => ({
  kind: 'penalty',
  class: 'ordinary',
  organ: '虚构市场监督管理局',
  number: '虚市监处罚〔2026〕12号',
  determinedOn: '2026-11-05',
  publishedOn: '2026-11-20',
  channel: 'gsxt',
  simplified: false,
  measures: ['fine'],
  areas: [],
  restrictedUntil: null,
  text: '【虚构示例】未明码标价',
  duties: [{ dutyId: 'pay', text: '缴纳罚款' }],
  ...over,
});

async function register(api: WorkstationClient, name = '虚构服饰店'): Promise<string> {
  const merchantId = crypto.randomUUID();
  await api.merchants.register({
    merchantId,
    name,
    creditCode: null,
    category: 'enterprise',
    unitPath: SHOP,
    address: null,
    contactName: null,
    phone: null,
  });
  return merchantId;
}
const record = (api: WorkstationClient, merchantId: string, over: Partial<SanctionContent> = {}) =>
  api.sanctions.record({ eventId: uuidv7(), merchantId, content: content(over), continues: null });
const step = (api: WorkstationClient, { state }: SanctionDetail, fact: SanctionFact) =>
  api.sanctions.step({ id: state.id, revision: state.revision, eventId: uuidv7(), fact });
const ended = (over: Record<string, unknown> = {}): SanctionFact => ({
  type: 'sanction-ended',
  payload: { cause: 'repaired', on: '2027-01-20', number: null, effectiveAt: null, ...over },
});
/** A case about the merchant that ends without agreement. */
async function failedCase(api: WorkstationClient, merchantId: string): Promise<void> {
  const { id } = await api.cases.register(caseInput({ merchant: { merchantId, name: '虚构服饰店' } }));
  const steps = [
    { step: 'case-accepted', payload: {} },
    { step: 'mediation-failed', payload: { reason: '差距过大' } },
    { step: 'case-closed', payload: { satisfaction: 'unknown' } },
  ] as const;
  for (const [place, action] of steps.entries()) await api.cases.act({ id, revision: place + 1, action });
}

it('a decision is entered at the district, seen where the merchant trades, and made one of two that are entered offline', async () => {
  workstations.centre.setNow(NOW);
  const district = await open('/HS', 'supervisor-district');
  const mall = await open('/HS/C1/M01', 'mediator-mall');
  const second = await open('/HS/C1/M02', 'mediator-second');
  const shop = await open(SHOP, 'manager-shop');
  await proved(district, mall, second, shop);
  const merchantId = await register(mall);
  await proved(mall, district, shop, second);

  // Not by an operator, and not without what names the decision; what was typed comes back by field.
  await expect(record(mall, merchantId)).rejects.toMatchObject({ data: { rule: 'sanction-regulator-only' } });
  await expect(record(shop, merchantId)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  await expect(record(district, merchantId, { number: '' })).rejects.toMatchObject({
    data: { rule: 'sanction-number-missing', field: 'number' },
  });
  await expect(record(district, crypto.randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });

  const eventId = uuidv7();
  const typed = { eventId, merchantId, content: content(), continues: null };
  const first = await district.sanctions.record(typed);
  expect(first).toMatchObject({
    eligibility: { verdict: 'needs-duty', notBefore: '2027-02-06', duties: [{ dutyId: 'pay' }] },
    ends: null,
    regime: { id: 'samr-2025' },
    canRecord: true,
  });
  // The same save once more is the same record; the same decision typed otherwise is refused, and known beforehand.
  expect((await district.sanctions.record(typed)).state.id).toBe(first.state.id);
  await expect(record(district, merchantId, { number: '虚市监处罚(2026)12号' })).rejects.toMatchObject({
    data: { rule: 'sanction-exists' },
  });
  const { organ } = content();
  expect(await district.sanctions.known({ merchantId, organ, number: '虚市监处罚[2026]12号' })).toMatchObject(
    {
      record: { id: first.state.id },
    },
  );
  expect(
    await district.sanctions.known({ merchantId, organ: '另一机关', number: content().number }),
  ).toMatchObject({
    record: null,
    likely: [{ id: first.state.id }],
  });

  await proved(district, shop, mall, second);
  for (const api of [shop, mall])
    expect((await api.sanctions.get({ id: first.state.id })).eligibility.verdict).toBe('needs-duty');
  expect((await second.sanctions.list({})).total).toBe(0);
  expect((await shop.sanctions.list({ filter: { merchantId, verdict: 'needs-duty' } })).items).toHaveLength(
    1,
  );
  expect((await shop.sanctions.list({ filter: { search: 'xgfs' } })).total).toBe(1);

  // The duty is done: eligible on a day, which stands in the calendar.
  const done = await step(district, first, {
    type: 'duty-done',
    payload: { dutyId: 'pay', on: '2026-11-30', proof: '收据 0001', evidence: null },
  });
  expect(done.eligibility).toMatchObject({ verdict: 'on', day: '2027-02-06' });
  expect(done.ends).toMatchObject({ day: '2027-11-05' });
  const ahead = await district.sanctions.calendar({ from: '2027-01-20', to: shiftDay('2027-01-20', 84) });
  expect(ahead).toMatchObject([{ day: '2027-02-06', what: 'eligible', open: false }]);
  // Another record on the severe list stands in the way, and its end opens it again.
  const severe = await record(district, merchantId, {
    kind: 'severe-listing',
    class: null,
    number: '虚列严〔2026〕1号',
    duties: [],
    measures: [],
  });
  const blocked = await district.sanctions.get({ id: first.state.id });
  expect(blocked).toMatchObject({
    eligibility: { verdict: 'needs-duty', duties: [], blockedBy: [{ id: severe.state.id }] },
    blocking: [{ id: severe.state.id, record: true }],
  });
  const verdicts = async (verdict: 'on' | 'needs-duty') =>
    (await district.sanctions.list({ filter: { verdict } })).items.map(({ id }) => id);
  expect(await verdicts('needs-duty')).toEqual([first.state.id]);
  // The letter says so; of what has ended nobody is reminded.
  const { base64 } = await district.sanctions.letter({ id: first.state.id });
  const letter = (await plainTextOf(Buffer.from(base64, 'base64'))).replaceAll(/\s/g, '');
  expect(letter).toContain('虚列严〔2026〕1号');
  await step(district, severe, ended({ cause: 'removed', number: '虚移严〔2027〕1号' }));
  await expect(district.sanctions.letter({ id: severe.state.id })).rejects.toMatchObject({
    data: { rule: 'sanction-ended-already' },
  });
  expect(await verdicts('on')).toEqual([first.state.id]);
  await expect(step(district, blocked, ended({ cause: 'expired' }))).rejects.toMatchObject({
    data: { rule: 'sanction-not-over' },
  });

  await proved(district, shop, mall);
  const { counters } = { counters: await workstations.centre.admin.admin.verify() };
  expect(counters.invariants.filter(({ broken }) => broken > 0)).toEqual([]);
});

it('the grade counts a decision once, is capped while a list stands, and is given anew when it ends', async () => {
  workstations.centre.setNow(NOW);
  const district = await open('/HS', 'supervisor-district');
  const mall = await open('/HS/C1/M01', 'mediator-mall');
  await proved(district, mall);
  const merchantId = await register(mall);
  for (let count = 0; count < 3; count += 1) await failedCase(mall, merchantId);
  await proved(mall, district);
  const { admin } = workstations.centre.admin;
  const graded = async () => {
    await admin.gradeMerchants({});
    await proved(district, mall);
    const { state } = await district.credits.get({ id: merchantId });
    return {
      points: state?.grade?.points ?? 0,
      grade: state?.grade?.grade,
      reasons: state?.grade?.reasons ?? [],
    };
  };
  const before = await graded();
  expect(before.grade).not.toBe('E');

  // On the severe list nothing better than the cap, without waiting for the month; its end brings back what was.
  const anew = async (): Promise<number> =>
    gradeWanted(await ingestPartsOf(workstations.centre), NOW, () => false);
  expect(await anew()).toBe(0);
  const severe = await record(district, merchantId, {
    kind: 'severe-listing',
    class: null,
    number: '虚列严〔2026〕1号',
    duties: [],
    measures: [],
  });
  await proved(district);
  expect(await anew()).toBe(1);
  const capped = await graded();
  expect(capped).toMatchObject({ grade: 'E', points: before.points });
  expect(capped.reasons).toContainEqual(
    expect.objectContaining({ code: 'listing-severe', facts: [severe.state.id] }),
  );
  await step(district, severe, ended({ cause: 'removed', number: '虚移严〔2027〕1号' }));
  await proved(district);
  expect(await anew()).toBe(1);
  expect(await anew()).toBe(0);
  expect(await graded()).toMatchObject({ grade: before.grade, points: before.points });

  // It stands in the credit already: refused, then continued, and counted once.
  const entryId = uuidv7();
  const { organ, number, text } = content();
  await district.credits.record({
    id: merchantId,
    revision: (await district.credits.get({ id: merchantId })).state?.revision ?? 0,
    eventId: entryId,
    fact: {
      type: 'penalty-recorded',
      payload: { entryId, merchantPath: SHOP, class: 'serious', organ, number, on: '2026-11-05', text },
    },
  });
  await proved(district);
  const penalised = await graded();
  expect(penalised.points).toBeLessThan(before.points);
  await expect(record(district, merchantId, { class: 'serious' })).rejects.toMatchObject({
    data: { rule: 'sanction-stands-in-credit' },
  });
  expect(await district.sanctions.known({ merchantId, organ, number })).toMatchObject({
    creditEntryId: entryId,
  });
  const continued = await district.sanctions.record({
    eventId: uuidv7(),
    merchantId,
    content: content({ class: 'serious', duties: [] }),
    continues: entryId,
  });
  await proved(district);
  expect((await graded()).points).toBe(penalised.points);
  // And what has a record is not entered in the credit.
  const other = await record(district, merchantId, {
    number: '虚市监处罚〔2026〕13号',
    class: 'serious',
    duties: [],
  });
  await expect(
    district.credits.record({
      id: merchantId,
      revision: (await district.credits.get({ id: merchantId })).state?.revision ?? 0,
      eventId: uuidv7(),
      fact: {
        type: 'penalty-recorded',
        payload: {
          entryId: 'form',
          merchantPath: SHOP,
          class: 'minor',
          organ,
          number: '虚市监处罚〔2026〕13号',
          on: '2026-11-05',
          text,
        },
      },
    }),
  ).rejects.toMatchObject({ data: { rule: 'credit-stands-as-record' } });
  await proved(district);
  const twice = await graded();
  expect(twice.points).toBeLessThan(penalised.points);

  // The repair of both brings back what was.
  await step(district, other, ended());
  await step(district, continued, ended());
  await proved(district);
  expect(await graded()).toMatchObject({ points: before.points, grade: before.grade });
  const { invariants } = await admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);
  await admin.rebuild({});
  expect((await admin.verify()).invariants.filter(({ broken }) => broken > 0)).toEqual([]);
});

it('a file is previewed row by row, nothing of it is half taken, and what is known stays out', async () => {
  workstations.centre.setNow(NOW);
  const district = await open('/HS', 'supervisor-district');
  await proved(district);
  const file = (lines: readonly string[]) => ({
    fileName: '处罚.csv',
    base64: Buffer.from(lines.join('\n')).toString('base64'),
  });
  const header = '当事人名称,处罚机关,决定书文号,处罚决定日期,失信类别,处罚种类,公示日期,义务';
  const names = ['虚构甲店', '虚构乙店'];
  for (const name of names) await register(district, name);
  const rows = [
    '虚构甲店,虚构局,虚罚〔2026〕1号,2026-11-05,轻微,警告,2026年11月20日,',
    '虚构乙店,虚构局,虚罚〔2026〕2号,2026/11/06,一般,罚款；没收,,缴纳罚款；改正',
    '虚构丙店,虚构局,虚罚〔2026〕3号,2026-11-05,轻微,警告,,',
    '虚构甲店,,虚罚〔2026〕4号,2026-11-05,轻微,警告,,',
    '虚构甲店,虚构局,虚罚〔2026〕5号,2026-11-05,特别严重,警告,,',
    '虚构甲店,虚构局,虚罚〔2026〕6号,明年,轻微,警告,,',
    '虚构甲店,虚构局,虚罚[2026]1号,2026-11-05,轻微,警告,,',
  ];
  const preview = await district.sanctions.preview(file([header, ...rows]));
  expect(preview).toMatchObject({ rows: 7, missing: [], known: [] });
  expect(preview.accepted.map(({ row, class: of, merchantName }) => [row, of, merchantName])).toEqual([
    [2, 'minor', '虚构甲店'],
    [3, 'ordinary', '虚构乙店'],
  ]);
  expect(preview.refused.map(({ row, field, rule }) => `${row} ${field} ${rule}`)).toEqual([
    '4 merchant sanction-merchant-unknown',
    '5 organ sanction-organ-missing',
    '6 class sanction-class-unknown',
    '7 determinedOn sanction-day-unreadable',
    '8 number sanction-row-twice',
  ]);
  expect((await district.sanctions.list({})).total).toBe(0);
  const whole = { ...file([header, ...rows]) };
  await expect(district.sanctions.importFile({ ...whole, refused: 4 })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    data: { issues: [{ rule: 'sanction-file-changed' }] },
  });
  expect((await district.sanctions.list({})).total).toBe(0);
  expect(await district.sanctions.importFile({ ...whole, refused: 5 })).toEqual({ recorded: 2 });
  const { items } = await district.sanctions.list({});
  expect(items.map(({ number }) => number).toSorted()).toEqual(['虚罚〔2026〕1号', '虚罚〔2026〕2号']);
  // Once more it is known.
  expect(await district.sanctions.preview(whole)).toMatchObject({ accepted: [], known: [2, 3, 8] });
  // A file of another shape is told what it has not.
  expect(await district.sanctions.preview(file(['姓名,电话,内容', '张三,1,2']))).toMatchObject({
    missing: expect.arrayContaining(['organ', 'number', 'determinedOn']),
    accepted: [],
  });
  await expect(district.sanctions.preview({ fileName: 'a.csv', base64: '' })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    data: { issues: [{ field: 'file', rule: 'sanction-file-unreadable' }] },
  });
  await proved(district);
});
