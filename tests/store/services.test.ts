import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFeedPage, applyReceipts, envelopeOf } from '../../src/main/kernel/store/index.ts';
import { CAPABILITIES, may } from '../../src/domain/organisation/permission.ts';
import { maskPhone } from '../../src/domain/kernel/text/index.ts';
import { actorAt } from '../support/facts.ts';
import {
  caseInput,
  foreignEvent,
  openTestWorkstation,
  PASSWORD,
  type TestWorkstation,
} from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  await workstation.running.close();
  await remove();
});

describe('the respondent', () => {
  it('is known with where it trades, and its history with what each update replaced', async () => {
    workstation = await openTestWorkstation(folder);
    const { api } = workstation;
    const merchantId = crypto.randomUUID();
    const fields = {
      name: '海曙鞋行',
      creditCode: null,
      category: 'enterprise' as const,
      address: null,
      contactName: null,
      phone: null,
    };
    await api.merchants.register({ merchantId, unitPath: '/HS/C1/M01/S001', ...fields });
    const updated = await api.merchants.update({
      id: merchantId,
      revision: 1,
      fields: { ...fields, phone: '0574-1' },
    });
    expect(updated.timeline.at(-1)?.changes).toEqual([{ field: 'phone', before: null, after: '0574-1' }]);
    const onRoster = await api.cases.register(caseInput({ merchant: { merchantId, name: '海曙鞋行' } }));
    expect((await api.cases.get({ id: onRoster.id })).respondentPath).toBe('/HS/C1/M01/S001');
    const other = await api.cases.register(caseInput());
    expect((await api.cases.get({ id: other.id })).respondentPath).toBeNull();
  });
});

describe('cases', () => {
  it('go from registration to closing, with a timeline and the next steps', async () => {
    workstation = await openTestWorkstation(folder);
    const input = caseInput();
    const { id, number } = await workstation.api.cases.register(input);
    expect(number).toBe('M01-2026-1-0001');
    let detail = await workstation.api.cases.get({ id });
    expect(detail.steps).toContain('case-accepted');
    expect(detail.state.consumer.phone).toBe(maskPhone('10012345678'));
    expect(detail.summary.deadline?.kind).toBe('settle');
    detail = await workstation.api.cases.act({
      id,
      revision: 1,
      action: { step: 'case-accepted', payload: {} },
    });
    detail = await workstation.api.cases.act({
      id,
      revision: detail.state.revision,
      action: {
        step: 'case-settled',
        payload: {
          instrument: 'settlement-agreement',
          terms: '退款',
          amountFen: 100,
          performance: { kind: 'at-once' },
        },
      },
    });
    expect(detail.timeline.map((entry) => entry.type)).toEqual([
      'case-registered',
      'case-accepted',
      'case-settled',
    ]);
    expect(detail.timeline.every((entry) => entry.status === 'pending')).toBe(true);
    expect(detail.summary.waiting).toBe(3);
  });

  it('take names of old systems in standard characters, found as typed on either, and no emoji in a name', async () => {
    workstation = await openTestWorkstation(folder);
    const named = (name: string) => caseInput({ consumer: { name, phone: '10012345678' } });
    const { id } = await workstation.api.cases.register(named('李\uE863'));
    expect((await workstation.api.cases.get({ id })).state.consumer.name).toBe('李䶮');
    for (const search of ['李\uE863', '李䶮'])
      expect((await workstation.api.cases.list({ filter: { search } })).total).toBe(1);
    await expect(workstation.api.cases.register(named('张\u{1F600}三'))).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'name-emoji', field: 'consumer.name' },
    });
  });

  it('saved twice are one case with one number', async () => {
    workstation = await openTestWorkstation(folder);
    const input = caseInput();
    const first = await workstation.api.cases.register(input);
    expect(await workstation.api.cases.register(input)).toEqual(first);
    expect((await workstation.api.cases.list({})).total).toBe(1);
  });

  it('are found by a character, pinyin, initials, the tail of a phone and the number', async () => {
    workstation = await openTestWorkstation(folder);
    await workstation.api.cases.register(caseInput());
    await workstation.api.cases.register(caseInput({ consumer: { name: '李四', phone: '10087654321' } }));
    for (const search of ['张', '张三', 'zhangsan', 'zs', '5678', '0001']) {
      const { items } = await workstation.api.cases.list({ filter: { search } });
      expect(
        items.map((item) => item.consumerName),
        search,
      ).toEqual(['张三']);
    }
    expect((await workstation.api.cases.list({ filter: { search: '没有这个人' } })).total).toBe(0);
  });

  it('refuse a stale step and keep the record as it was', async () => {
    workstation = await openTestWorkstation(folder);
    const { id } = await workstation.api.cases.register(caseInput());
    await workstation.api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
    await expect(
      workstation.api.cases.act({
        id,
        revision: 1,
        action: { step: 'case-withdrawn', payload: { reason: '撤回' } },
      }),
    ).rejects.toMatchObject({ code: 'CONFLICT', data: { revision: 2 } });
    expect((await workstation.api.cases.get({ id })).state.status).toBe('accepted');
  });

  it('name the field and the rule of bad input, in each depth', async () => {
    workstation = await openTestWorkstation(folder);
    const bad = caseInput({
      consumer: { name: '', phone: '12' },
      facts: { text: '', occurredOn: '2026-02-30' },
      amountFen: -1,
      claims: [],
    });
    const failure = await workstation.api.cases.register(bad).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'INPUT_INVALID' });
    const fields = (failure as { data: { issues: { field: string }[] } }).data.issues.map(
      (issue) => issue.field,
    );
    expect(fields.toSorted()).toEqual(
      ['amountFen', 'claims', 'consumer.name', 'consumer.phone', 'facts.occurredOn', 'facts.text'].toSorted(),
    );
    expect((await workstation.api.cases.list({})).total).toBe(0);
  });
});

describe('summaries', () => {
  it('come in the order in which records are asked for, without those that are on no list', async () => {
    workstation = await openTestWorkstation(folder);
    const { api, running } = workstation;
    const ids: string[] = [];
    for (const name of ['甲', '乙', '丙']) {
      const { id } = await api.cases.register(caseInput({ consumer: { name, phone: '10012345678' } }));
      ids.unshift(id);
    }
    const [third = '', second = '', first = ''] = ids;
    const found = await running.parts.summaries.case(running.parts, [third, 'elsewhere', first, second]);
    expect(found.map(({ id, consumerName }) => [id, consumerName])).toEqual([
      [third, '丙'],
      [first, '甲'],
      [second, '乙'],
    ]);
    expect(found.every(({ waiting, mine }) => waiting === 1 && mine)).toBe(true);
    expect(await running.parts.summaries.return(running.parts, ids)).toEqual([]);
  });
});

describe('people', () => {
  it('must sign in, with the right password', async () => {
    workstation = await openTestWorkstation(folder, { signIn: false });
    await expect(workstation.api.cases.list({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
    await expect(
      workstation.api.session.signIn({ staffId: workstation.staffId, password: 'wrong' }),
    ).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    });
    await workstation.api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
    expect((await workstation.api.session.state()).staff?.role).toBe('mediator');
    await workstation.api.session.signOut();
    await expect(workstation.api.today.get()).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  });

  it('are given every capability of their role, and choose language and look before they sign in', async () => {
    workstation = await openTestWorkstation(folder, { signIn: false });
    expect(await workstation.api.settings.set({ language: 'en' })).toMatchObject({
      language: 'en',
      theme: 'light',
    });
    const { role, capabilities } = await workstation.api.session.signIn({
      staffId: workstation.staffId,
      password: PASSWORD,
    });
    expect(capabilities).toEqual(CAPABILITIES.filter((one) => may(role, one)));
    expect(capabilities).toContain('case.evidence');
    expect(capabilities).not.toContain('supervision.read');
  });

  it('see steps only where their unit handles the case, or right above one that let its deadline pass, and cannot force one', async () => {
    workstation = await openTestWorkstation(folder);
    const shop = '/HS/C1/M01/S001';
    const { running, feed, api } = workstation;
    const { caseId, ...payload } = caseInput();
    const event = foreignEvent(
      'case',
      caseId,
      'case-registered',
      { ...payload, number: 'S001-2026-1-0001' },
      {
        actor: actorAt(shop, 'shop-manager'),
        device: 'device-S001',
        unitPath: shop,
        at: '2026-03-10T01:00:00.000Z',
      },
    );
    const page = { items: [feed.item(event)], head: feed.head(), centreTime: '2026-03-10T01:00:00.000Z' };
    await running.parts.store.write((writer) => applyFeedPage(writer, page, running.parts.directory));
    const detail = await api.cases.get({ id: caseId });
    expect(detail.steps).toEqual(['case-taken-over']);
    expect(detail.canNote).toBe(true);
    await expect(
      api.cases.act({ id: caseId, revision: 1, action: { step: 'case-accepted', payload: {} } }),
    ).rejects.toMatchObject({ code: 'RULE', data: { rule: 'not-handling-unit' } });
  });

  it('log each reveal with its reason', async () => {
    workstation = await openTestWorkstation(folder);
    const { id } = await workstation.api.cases.register(caseInput());
    expect(await workstation.api.cases.reveal({ id, reason: '电话通知调解时间' })).toMatchObject({
      phone: '10012345678',
    });
    const log = await workstation.running.parts.store.read.selectFrom('access_row').selectAll().execute();
    expect(log).toMatchObject([{ action: 'reveal', record_id: id, reason: '电话通知调解时间' }]);
  });

  it('outside a role are refused in the service, not only on the screen', async () => {
    workstation = await openTestWorkstation(folder, { role: 'administrator' });
    await expect(workstation.api.cases.register(caseInput())).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      data: { capability: 'case.handle' },
    });
  });
});

describe('the centre’s order', () => {
  it('moves pending facts on top of foreign ones, and a rejected one keeps what was entered', async () => {
    workstation = await openTestWorkstation(folder);
    const { running, feed, api } = workstation;
    const { store, directory } = running.parts;
    const { id } = await api.cases.register(caseInput());
    await api.cases.act({
      id,
      revision: 1,
      action: { step: 'case-withdrawn', payload: { reason: '消费者撤回' } },
    });
    const local = await store.read
      .selectFrom('event')
      .selectAll()
      .where('origin', '=', 'local')
      .orderBy('device_sequence')
      .execute();
    const [registered, withdrawn] = local;
    if (!registered || !withdrawn) throw new Error('two local facts expected');
    // A second workstation of the unit had accepted it before our withdrawal arrived at the centre.
    const accepted = foreignEvent(
      'case',
      id,
      'case-accepted',
      {},
      {
        actor: actorAt('/HS/C1/M01'),
        device: 'device-other',
        unitPath: '/HS/C1/M01',
        at: new Date().toISOString(),
      },
    );
    await store.write((writer) =>
      applyReceipts(
        writer,
        [
          { id: registered.id, deviceSequence: 1, status: 'accepted' },
          { id: withdrawn.id, deviceSequence: 2, status: 'rejected', refusal: { rule: 'step-not-possible' } },
        ],
        directory,
      ),
    );
    const items = [{ ...feed.item(envelopeOf(registered)), hash: registered.hash }, feed.item(accepted)];
    await store.write((writer) =>
      applyFeedPage(writer, { items, head: feed.head(), centreTime: '2026-03-10T01:00:00.000Z' }, directory),
    );
    const detail = await api.cases.get({ id });
    expect(detail.state.status).toBe('accepted');
    const attention = await api.sync.attention();
    expect(attention).toMatchObject([
      { status: 'rejected', refusal: { rule: 'step-not-possible' }, payload: { reason: '消费者撤回' } },
    ]);
    expect((await api.sync.status()).sign).toBe('attention');
    await api.sync.dismiss({ eventId: withdrawn.id });
    expect(await api.sync.attention()).toEqual([]);
  });

  it('names each record that needs attention by what a list calls it, else by its own number or id', async () => {
    workstation = await openTestWorkstation(folder);
    const { running, feed, api } = workstation;
    const { store, directory } = running.parts;
    const first = await api.cases.register(caseInput());
    const second = await api.cases.register(caseInput());
    await store.write((writer) =>
      writer.updateTable('event').set({ status: 'rejected' }).where('origin', '=', 'local').execute(),
    );
    const items = [
      foreignEvent('case', 'numbered', 'case-of-a-later-release', { number: 'N-7' }),
      foreignEvent('merchant', 'plain', 'merchant-of-a-later-release', {}),
    ].map((event) => feed.item(event));
    await store.write((writer) =>
      applyFeedPage(writer, { items, head: feed.head(), centreTime: '2026-03-10T01:00:00.000Z' }, directory),
    );
    const attention = await api.sync.attention();
    expect(new Map(attention.map(({ stream, title }) => [stream.id, title]))).toEqual(
      new Map([
        [first.id, first.number],
        [second.id, second.number],
        ['numbered', 'N-7'],
        ['plain', 'plain'],
      ]),
    );
  });

  it('lets a confirmed fact wait until the page comes that holds what it builds on', async () => {
    workstation = await openTestWorkstation(folder);
    const { running, feed, api } = workstation;
    const { store, directory } = running.parts;
    const { id } = await api.cases.register(caseInput());
    await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
    const local = await store.read
      .selectFrom('event')
      .selectAll()
      .where('origin', '=', 'local')
      .orderBy('device_sequence')
      .execute();
    const own = local.map((row) => ({ row, event: envelopeOf(row) }));
    // Meanwhile the unit's other workstation had sent it up, and it came back down: only then is ours legal.
    const move = (type: string, unitPath: string, payload: unknown) =>
      foreignEvent('case', id, type, payload, {
        actor: actorAt(unitPath),
        device: `device-${unitPath}`,
        unitPath,
        at: new Date().toISOString(),
      });
    const [registered, accepted] = own.map(({ row, event }) => ({ ...feed.item(event), hash: row.hash }));
    if (!registered || !accepted) throw new Error('two local facts expected');
    const up = feed.item(move('case-escalated', '/HS/C1/M01', { toPath: '/HS/C1', reason: '上报' }));
    const down = feed.item(
      move('case-handed-down', '/HS/C1', { toPath: '/HS/C1/M01', purpose: 'handle', reason: '下派' }),
    );
    const order = [registered, up, down, accepted].map((item, index) => ({
      ...item,
      position: registered.position + index,
    }));
    await store.write((writer) =>
      applyReceipts(
        writer,
        local.map((row) => ({
          id: row.id,
          deviceSequence: row.device_sequence,
          status: 'accepted' as const,
        })),
        directory,
      ),
    );
    for (const items of [order.slice(0, 2), order.slice(2)]) {
      await store.write((writer) =>
        applyFeedPage(
          writer,
          { items, head: feed.head(), centreTime: '2026-03-10T01:00:00.000Z' },
          directory,
        ),
      );
      expect(await api.sync.attention()).toEqual([]);
    }
    expect((await api.cases.get({ id })).state.status).toBe('accepted');
  });

  it('keeps, shows and does not apply an event version it does not know', async () => {
    workstation = await openTestWorkstation(folder);
    const { running, feed, api } = workstation;
    const { id } = await api.cases.register(caseInput());
    const future = foreignEvent(
      'case',
      id,
      'case-accepted',
      { novelty: 1 },
      {
        version: 7,
        actor: actorAt('/HS/C1/M01'),
        unitPath: '/HS/C1/M01',
      },
    );
    const page = {
      items: [feed.item(future, 'unknown')],
      head: feed.head(),
      centreTime: '2026-03-10T01:00:00.000Z',
    };
    await running.parts.store.write((writer) => applyFeedPage(writer, page, running.parts.directory));
    const detail = await api.cases.get({ id });
    expect(detail.state.status).toBe('registered');
    expect(detail.timeline.map((entry) => [entry.type, entry.version, entry.status])).toContainEqual([
      'case-accepted',
      7,
      'unknown',
    ]);
  });
});
