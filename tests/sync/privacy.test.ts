import { hash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { expect, it } from 'vitest';
import { eraseGranted, eraseOld } from '../../src/central/erasure/index.ts';
import type { ReceivePrivacy } from '../../src/contract/workstation/privacy.ts';
import { CIRCLE, DISTRICT, MALL, SECOND_MALL, SHOP } from '../central/setting.ts';
import { ingestPartsOf } from '../support/ingest-parts.ts';
import { type LiveWorkstation, useWorkstations } from '../support/live-workstations.ts';
import { plainTextOf } from '../support/poppler.ts';
import { caseInput } from '../support/workstation.ts';

const given = useWorkstations();

const squeezed = (text: string): string => text.replaceAll(/\s/g, '');
const seen = ({ state }: { state: { id: string; revision: number } }) => ({
  id: state.id,
  revision: state.revision,
  eventId: uuidv7(),
});
const outcome = (id: string) => ({ kind: 'case' as const, id });

async function sync(...all: LiveWorkstation[]): Promise<void> {
  for (const { api } of all) expect((await api.sync.now()).sign).toBe('proved');
}

it('a request goes from the shop to the mall, is decided and answered there, and counts at every level', async () => {
  const shop = await given.open('shop', SHOP, 'manager-shop');
  const mall = await given.open('mall', MALL, 'mediator-mall');
  const second = await given.open('second', SECOND_MALL, 'mediator-second');
  const { id: caseId, number: caseNumber } = await shop.api.cases.register(caseInput());
  await shop.api.cases.reveal({ id: caseId, reason: '电话通知' });

  const ask = (over: Partial<ReceivePrivacy>): ReceivePrivacy => ({
    privacyId: crypto.randomUUID(),
    what: 'access',
    requester: { name: '张三', phone: '10012345678', as: 'self', authority: null },
    identity: 'id-seen',
    records: [outcome(caseId)],
    wish: '',
    ...over,
  });
  // The records are found by name, by the number that was left, and by their own.
  for (const search of ['张三', '5678', caseNumber])
    expect(await shop.api.privacy.find({ search })).toMatchObject([
      { kind: 'case', id: caseId, consumer: { name: '张三', phone: '100****5678' } },
    ]);
  const wanted = ask({});
  const received = await shop.api.privacy.receive(wanted);
  expect(received).toMatchObject({
    state: { status: 'received', records: [{ number: caseNumber }], requester: { phone: '100****5678' } },
    passedTo: 'M01（测试）',
    canDecide: false,
    canPrint: false,
    canAnswer: false,
    canWithdraw: true,
  });
  expect(received.state.number).toMatch(/^S001-P\d{4}-\d+-0001$/);
  expect(await shop.api.privacy.receive(wanted)).toEqual(received);
  await expect(
    shop.api.privacy.decide({
      ...seen(received),
      outcomes: [{ ...outcome(caseId), verdict: 'granted', correctionId: null, text: '' }],
    }),
  ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await mall.api.privacy.list({})).toMatchObject({ total: 0 });
  await sync(shop, mall, second);
  expect(await second.api.privacy.list({})).toMatchObject({ total: 0 });
  expect(await second.api.privacy.find({ search: '张三' })).toEqual([]);

  const { items } = await mall.api.privacy.list({ filter: { status: ['received'], search: 'zs' } });
  expect(items).toMatchObject([{ id: wanted.privacyId, what: 'access', records: 1, due: { late: false } }]);
  expect(await mall.api.privacy.list({ filter: { due: 'overdue' } })).toMatchObject({ total: 0 });
  const id = wanted.privacyId;
  await expect(mall.api.privacy.print({ id })).rejects.toMatchObject({
    code: 'RULE',
    data: { rule: 'privacy-print-undecided' },
  });
  const toDecide = await mall.api.privacy.get({ id });
  expect(toDecide).toMatchObject({ canDecide: true, canPrint: false });
  const decided = await mall.api.privacy.decide({
    ...seen(toDecide),
    outcomes: [{ ...outcome(caseId), verdict: 'granted', correctionId: null, text: '' }],
  });
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const answer = { ...seen(decided), manner: 'handed-over' as const, answeredOn: day };
  await expect(mall.api.privacy.answer(answer)).rejects.toMatchObject({
    code: 'RULE',
    data: { rule: 'privacy-print-first' },
  });
  const paper = Buffer.from((await mall.api.privacy.print({ id })).base64, 'base64');
  const text = squeezed(await plainTextOf(paper));
  const parts = [
    '个人信息查阅复制答复书',
    received.state.number,
    '张三',
    '10012345678',
    '【虚构示例】',
    '虚构服饰店',
    '店长',
    '查看完整信息',
    'M01（测试）（主办方）',
    '尚未办结',
    '第六十五条',
  ];
  for (const part of parts) expect(text).toContain(squeezed(part));
  // Names of staff are nobody's to tell, and printing it again changes nothing of it, though that is a look.
  expect(text).not.toContain('测试员');
  expect(Buffer.from((await mall.api.privacy.print({ id })).base64, 'base64').equals(paper)).toBe(true);
  const answered = await mall.api.privacy.answer(answer);
  expect(answered.state).toMatchObject({
    status: 'answered',
    answered: { manner: 'handed-over', number: received.state.number, sha256: hash('sha256', paper) },
  });
  await sync(mall, shop);
  expect((await shop.api.privacy.get({ id })).state.status).toBe('answered');
  expect((await shop.api.privacy.get({ id })).decidedIn).toBe('M01（测试）');

  const period = { from: '2026-01-01', to: `${new Date().getFullYear() + 1}-12-31` };
  for (const path of [DISTRICT, CIRCLE, MALL, SHOP]) {
    const { totals } = (await given.centre.admin.admin.rollup({ path, ...period })).all;
    expect(
      [totals['privacy-received'], totals['privacy-answered'], totals['privacy-answered-in-time']],
      path,
    ).toEqual([1, 1, 1]);
  }
  const { invariants } = await given.centre.admin.admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);
});

it('a correction is named by its fact, and a deletion waits until the case is over', async () => {
  const shop = await given.open('shop', SHOP, 'manager-shop');
  const mall = await given.open('mall', MALL, 'mediator-mall');
  const { id: caseId } = await shop.api.cases.register(caseInput());
  const ask = (what: 'correction' | 'deletion') =>
    shop.api.privacy.receive({
      privacyId: crypto.randomUUID(),
      what,
      requester: { name: '李四', phone: '10012345679', as: 'agent', authority: '张三的授权委托书' },
      identity: 'phone-called-back',
      records: [outcome(caseId)],
      wish: '联系电话已经更换',
    });
  const correction = await ask('correction');
  const before = await shop.api.cases.get({ id: caseId });
  const corrected = { reason: '消费者更正', consumerPhone: '10087654321' };
  await shop.api.cases.act({
    id: caseId,
    revision: before.state.revision,
    action: { step: 'case-corrected', payload: corrected },
  });
  await sync(shop, mall);
  const toCorrect = await mall.api.privacy.get({ id: correction.state.id });
  const made = toCorrect.records[0]?.corrections[0];
  expect(made).toMatchObject({
    reason: '消费者更正',
    changes: [{ field: 'consumerPhone', before: '100****5678', after: '100****4321' }],
  });
  const grant = { ...outcome(caseId), verdict: 'granted' as const, text: '' };
  const stranger = mall.api.privacy.decide({
    ...seen(toCorrect),
    outcomes: [{ ...grant, correctionId: uuidv7() }],
  });
  await expect(stranger).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    data: { issues: [{ field: 'outcomes.0.correctionId', rule: 'privacy-correction-unknown' }] },
  });
  await mall.api.privacy.decide({
    ...seen(toCorrect),
    outcomes: [{ ...grant, correctionId: made?.eventId ?? '' }],
  });
  const printed = await mall.api.privacy.print({ id: correction.state.id });
  const text = squeezed(await plainTextOf(Buffer.from(printed.base64, 'base64')));
  for (const part of ['更正前', '10012345678', '10087654321', '授权委托书', '第四十六条'])
    expect(text).toContain(part);

  const early = await ask('deletion');
  await sync(shop, mall);
  const open = await mall.api.privacy.get({ id: early.state.id });
  expect(open.records).toMatchObject([{ bar: 'case-open', erasure: null }]);
  const erase = { ...grant, correctionId: null };
  await expect(mall.api.privacy.decide({ ...seen(open), outcomes: [erase] })).rejects.toMatchObject({
    code: 'RULE',
    data: { rule: 'privacy-not-erasable-yet', field: 'outcomes.0.verdict' },
  });
  await mall.api.privacy.decide({
    ...seen(open),
    outcomes: [{ ...outcome(caseId), verdict: 'refused', ground: 'case-open', text: '' }],
  });

  const { state } = await shop.api.cases.get({ id: caseId });
  await shop.api.cases.act({
    id: caseId,
    revision: state.revision,
    action: { step: 'case-withdrawn', payload: { reason: '撤回' } },
  });
  await shop.api.cases.act({
    id: caseId,
    revision: state.revision + 1,
    action: { step: 'case-closed', payload: { satisfaction: 'satisfied' } },
  });
  const late = await ask('deletion');
  const other = await ask('deletion');
  const withdrawn = await shop.api.privacy.withdraw({ ...seen(other), reason: '重复提出' });
  expect(withdrawn.state).toMatchObject({ status: 'withdrawn', withdrawn: { reason: '重复提出' } });
  await sync(shop, mall);
  const over = await mall.api.privacy.get({ id: late.state.id });
  const done = await mall.api.privacy.decide({ ...seen(over), outcomes: [erase] });
  expect(done.records).toMatchObject([{ bar: null, erasure: 'waiting' }]);
  const paper = await mall.api.privacy.print({ id: late.state.id });
  const said = squeezed(await plainTextOf(Buffer.from(paper.base64, 'base64')));
  for (const part of ['删除正在进行', '第四十七条']) expect(said).toContain(part);
  // The centre takes it as well, by its own look at the record.
  await sync(mall, shop);
  expect((await shop.api.privacy.get({ id: late.state.id })).state.status).toBe('decided');
  const reached = await shop.api.privacy.reveal({ id: late.state.id, reason: '通知领取答复' });
  expect(reached).toEqual({ phone: '10012345679' });

  // Within a minute the centre does what was granted, once; the paper that is printed then says when.
  const parts = await ingestPartsOf(given.centre);
  expect(await eraseGranted(parts, new Date())).toBe(1);
  expect(await eraseGranted(parts, new Date())).toBe(0);
  await sync(mall, shop);
  const carriedOut = await mall.api.privacy.get({ id: late.state.id });
  expect(carriedOut.records).toMatchObject([
    { known: { consumer: { name: '***' } }, erasure: { at: expect.any(String) } },
  ]);
  const { state: erased } = await shop.api.cases.get({ id: caseId });
  expect(erased).toMatchObject({ erased: { cause: 'request' }, consumer: { name: '***', phone: '***' } });
  const last = await mall.api.privacy.print({ id: late.state.id });
  expect(squeezed(await plainTextOf(Buffer.from(last.base64, 'base64')))).toContain('个人信息已于');
  // What was refused before, or withdrawn, erases nothing; nor does a request itself lose the requester's name.
  expect(carriedOut.state.requester.name).toBe('李四');
  const { invariants } = await given.centre.admin.admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);

  // The request itself is kept as long as what it speaks of.
  const answered = await mall.api.privacy.answer({
    ...seen(carriedOut),
    manner: 'posted',
    answeredOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
  });
  expect(answered.state.status).toBe('answered');
  await sync(mall, shop);
  const inYears = (years: number): Date => new Date(Date.now() + years * 366 * 86_400_000);
  expect(await eraseOld(parts, inYears(4))).toBe(0);
  // It, and the one that was withdrawn; the others still wait for their answer.
  expect(await eraseOld(parts, inYears(6))).toBe(2);
  await sync(mall, shop);
  expect((await mall.api.privacy.get({ id: late.state.id })).state).toMatchObject({
    requester: { name: '***', phone: '***' },
    wish: '***',
    erased: { cause: 'retention' },
  });
});
