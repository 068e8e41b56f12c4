import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseAction } from '../../src/contract/workstation/case.ts';
import { codeFor, startDistrictCentre, startTestServer } from '../support/postgres.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation } from '../../src/main/workstation.ts';
import { caseInput, openTestWorkstation, PASSWORD, type TestWorkstation } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation | undefined;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  await workstation?.running.close();
  workstation = undefined;
  await remove();
});

const PHONE = '13812349876';
const person = (over: Record<string, unknown> = {}) =>
  caseInput({ consumer: { name: '欧阳娜娜', phone: PHONE }, ...over });

async function act(one: TestWorkstation, id: string, action: CaseAction): Promise<void> {
  const { state } = await one.api.cases.get({ id });
  await one.api.cases.act({ id, revision: state.revision, action });
}

describe('what a person remembers', () => {
  it.each([
    ['one character of the name', '娜'],
    ['pinyin', 'ouyang'],
    ['initials', 'oynn'],
    ['the phone’s tail', '9876'],
    ['the merchant', '服饰'],
    ['the merchant’s initials', 'xgfs'],
    ['the amount', '1280'],
    ['the amount as it is written', '1,280'],
    ['an amount with cents', '1280.5'],
    ['several things at once', '娜 1280'],
  ])('finds the case: %s', async (_, search) => {
    workstation = await openTestWorkstation(folder);
    const { id } = await workstation.api.cases.register(person({ amountFen: 128_050 }));
    await workstation.api.cases.register(
      caseInput({ merchant: { merchantId: null, name: '百货' }, amountFen: 99_900 }),
    );
    const { items } = await workstation.api.cases.list({ filter: { search } });
    expect(items.map((item) => item.id)).toEqual([id]);
  });

  it('finds a corrected case under its new words and no longer under the old ones', async () => {
    workstation = await openTestWorkstation(folder);
    const { id } = await workstation.api.cases.register(person());
    await act(workstation, id, {
      step: 'case-corrected',
      payload: { reason: '听错', consumerName: '司马光', consumerPhone: '13700001111' },
    });
    const found = async (search: string) => (await workstation!.api.cases.list({ filter: { search } })).total;
    expect(await found('司马')).toBe(1);
    expect(await found('1111')).toBe(1);
    expect(await found('欧阳')).toBe(0);
    expect(await found('9876')).toBe(0);
  });
});

describe('repeated complaints', () => {
  it('are shown by the same phone, apart for this merchant, as facts', async () => {
    workstation = await openTestWorkstation(folder);
    const { api } = workstation;
    const first = await api.cases.register(person());
    const second = await api.cases.register(
      person({ merchant: { merchantId: null, name: '另一家鞋店' }, amountFen: 50_000 }),
    );
    await api.cases.register(caseInput());
    const ask = { merchantId: null, merchantName: '虚构服饰店' };
    // As people type it.
    const found = await api.repeats.find({ ...ask, phone: '138 1234 9876' });
    expect(found.withMerchant.map(({ id }) => id)).toEqual([first.id]);
    expect(found.elsewhere.map(({ id }) => id)).toEqual([second.id]);
    expect(found.facts).toEqual({ cases: 2, merchants: 2, claimedFen: 178_000, returns: 0, days: 365 });
    const ofFirst = await api.repeats.ofCase({ id: first.id });
    expect([ofFirst.withMerchant, ofFirst.elsewhere.map(({ id }) => id)]).toEqual([[], [second.id]]);
    for (const phone of ['138', '1381234987', '没有']) {
      expect((await api.repeats.find({ ...ask, phone })).facts.cases).toBe(0);
    }
    await expect(api.repeats.ofCase({ id: 'no-such-case' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('saved filters', () => {
  it('are kept per person over a restart, replaced under their name, renamed and removed', async () => {
    workstation = await openTestWorkstation(folder);
    const id = crypto.randomUUID();
    await workstation.api.filters.save({ id, name: '我的逾期', query: 'mine=1&overdue=1' });
    await workstation.api.filters.save({ id, name: '我的逾期', query: 'mine=1' });
    await workstation.running.close();
    workstation = await openTestWorkstation(folder);
    expect(await workstation.api.filters.list()).toEqual([{ id, name: '我的逾期', query: 'mine=1' }]);
    const other = crypto.randomUUID();
    await workstation.api.filters.save({ id: other, name: '大额', query: 'show=all' });
    await expect(workstation.api.filters.rename({ id: other, name: '我的逾期' })).rejects.toMatchObject({
      data: { rule: 'filter-name-taken', field: 'name' },
    });
    expect(await workstation.api.filters.rename({ id: other, name: '全部' })).toHaveLength(2);
    expect(await workstation.api.filters.remove({ id })).toEqual([
      { id: other, name: '全部', query: 'show=all' },
    ]);
    for (let count = 1; count < 30; count += 1)
      await workstation.api.filters.save({ id: crypto.randomUUID(), name: `筛选${count}`, query: '' });
    await expect(
      workstation.api.filters.save({ id: crypto.randomUUID(), name: '再多一个', query: '' }),
    ).rejects.toMatchObject({ data: { rule: 'filters-too-many' } });
    const { api } = workstation.running.connect();
    await expect(api.filters.list()).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  });
});

describe('undo', () => {
  it('takes back the last step as if it had never been, and only the last', async () => {
    workstation = await openTestWorkstation(folder);
    const { id } = await workstation.api.cases.register(person());
    const before = await workstation.api.cases.get({ id });
    await act(workstation, id, { step: 'case-accepted', payload: {} });
    const undone = await workstation.api.cases.undo({ id });
    expect(undone).toEqual(before);
    // A registration has used its number; it is corrected, not undone.
    await expect(workstation.api.cases.undo({ id })).rejects.toMatchObject({
      data: { rule: 'undo-too-late' },
    });
    // What comes next is chained to what stands.
    await act(workstation, id, {
      step: 'case-refused',
      payload: { ground: 'outside-remit', text: '不属于' },
    });
    const rows = await workstation.running.parts.store.read
      .selectFrom('event')
      .select(['device_sequence', 'type', 'previous_hash', 'hash'])
      .where('origin', '=', 'local')
      .orderBy('device_sequence')
      .execute();
    expect(rows.map(({ device_sequence, type }) => [device_sequence, type])).toEqual([
      [1, 'case-registered'],
      [2, 'case-refused'],
    ]);
    expect(rows[1]?.previous_hash).toBe(rows[0]?.hash);
  });

  it('is not for another record, another person, or a step from before a restart', async () => {
    workstation = await openTestWorkstation(folder);
    const first = await workstation.api.cases.register(person());
    await act(workstation, first.id, { step: 'case-accepted', payload: {} });
    const second = await workstation.api.cases.register(caseInput());
    const late = { data: { rule: 'undo-too-late' } };
    await expect(workstation.api.cases.undo({ id: first.id })).rejects.toMatchObject(late);
    await act(workstation, second.id, { step: 'case-accepted', payload: {} });
    await workstation.running.close();
    workstation = await openTestWorkstation(folder);
    await expect(workstation.api.cases.undo({ id: second.id })).rejects.toMatchObject(late);
  });

  it('is not for what may have left, even when no answer came', async () => {
    const server = await startTestServer();
    const centre = await startDistrictCentre(server.server);
    let cut = false;
    const enrolled = await startWorkstation({
      dataFolder: folder,
      host: createNodeHost(folder),
      automaticSync: false,
      // The request arrives, its answer does not.
      fetcher: async (input, init) => {
        const response = await fetch(input, init);
        if (cut) throw new TypeError('cut');
        return response;
      },
    });
    try {
      const { api } = enrolled.connect();
      await api.session.enrol({
        centreUrl: centre.url,
        code: await codeFor(centre, '/HS/C1/M01'),
        deviceName: '台',
      });
      await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
      const { id } = await api.cases.register(person());
      await api.sync.now();
      await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
      cut = true;
      await api.sync.now();
      await expect(api.cases.undo({ id })).rejects.toMatchObject({ data: { rule: 'undo-too-late' } });
      cut = false;
      expect((await api.sync.now()).sign).toBe('proved');
      expect((await api.cases.get({ id })).state.status).toBe('accepted');
    } finally {
      await enrolled.close();
      await centre.stop();
      await server.stop();
    }
  });
});
