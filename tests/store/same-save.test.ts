import fc from 'fast-check';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { caseInput, openTestWorkstation, type TestWorkstation } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

// A form makes the id of what it records, once; whatever fails between its first save and its last, one record comes of it.

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  workstation = await openTestWorkstation(folder);
});
afterAll(async () => {
  await workstation.running.close();
  await remove();
});

const count = async (type: string): Promise<number> => {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM event WHERE type = ${type}`.execute(workstation.running.parts.store.read);
  return rows[0]?.count ?? 0;
};

const merchantFields = {
  creditCode: null,
  category: 'enterprise' as const,
  address: null,
  contactName: null,
  phone: null,
};
const request = {
  goodsCategory: 'clothing' as const,
  goodsName: '大衣',
  purchasedOn: '2026-03-01',
  amountFen: 12_800,
  condition: 'intact' as const,
  proofType: 'receipt' as const,
  proofNumber: null,
  gift: 'none' as const,
  giftPriceFen: null,
  confirmedUnsuitable: false,
};

/** What a form saves under its id: prepared once, then sent as often as it takes. */
type Save = (api: WorkstationClient, id: string) => Promise<unknown>;
type Form = { form: string; fact: string; prepare(api: WorkstationClient): Promise<Save> };

async function merchant(api: WorkstationClient): Promise<string> {
  const merchantId = uuidv7();
  await api.merchants.register({ merchantId, unitPath: '/HS/C1/M01', name: '虚构服饰店', ...merchantFields });
  return merchantId;
}

async function returnOf(api: WorkstationClient): Promise<string> {
  const returnId = uuidv7();
  const merchantId = await merchant(api);
  await api.returns.request({ returnId, merchantId, consumer: { name: '张三', phone: null }, request });
  return returnId;
}

const FORMS: readonly Form[] = [
  {
    form: 'case-new',
    fact: 'case-registered',
    prepare: async () => {
      const input = caseInput();
      return (api, caseId) => api.cases.register({ ...input, caseId });
    },
  },
  {
    form: 'return-new',
    fact: 'return-requested',
    prepare: async (api) => {
      const merchantId = await merchant(api);
      const consumer = { name: '张三', phone: null };
      return (now, returnId) => now.returns.request({ returnId, merchantId, consumer, request });
    },
  },
  {
    form: 'merchant-new',
    fact: 'merchant-registered',
    prepare: async () => (api, merchantId) =>
      api.merchants.register({ merchantId, unitPath: '/HS/C1/M01', name: '虚构服饰店', ...merchantFields }),
  },
  {
    form: 'merchant:edit',
    fact: 'merchant-updated',
    prepare: async (api) => {
      const id = await merchant(api);
      const fields = { ...merchantFields, name: '改名的店' };
      return (now, eventId) => now.merchants.update({ id, revision: 1, eventId, fields });
    },
  },
  {
    form: 'commitment',
    fact: 'commitment-proposed',
    prepare: async (api) => {
      const id = await merchant(api);
      const commitment = {
        windowDays: 7,
        startRule: 'day-after' as const,
        goods: null,
        excludedGoods: [],
        conditions: null,
        giftRule: 'charged' as const,
        freightRule: 'consumer' as const,
        group: null,
        effectiveFrom: '2026-03-01',
        note: null,
      };
      return (now, eventId) => now.merchants.propose({ id, revision: 1, eventId, commitment });
    },
  },
  {
    form: 'return-noted',
    fact: 'return-noted',
    prepare: async (api) => {
      const id = await returnOf(api);
      const note = { concern: 'other' as const, facts: '三次购买后退回', evidence: '小票' };
      return (now, eventId) => now.returns.note({ id, revision: 1, eventId, ...note });
    },
  },
  {
    form: 'note-added',
    fact: 'note-added',
    prepare: async (api) => {
      const { id } = await api.cases.register(caseInput());
      const action = { step: 'note-added' as const, payload: { text: '来电询问' } };
      return (now, eventId) => now.cases.act({ id, revision: 1, eventId, action });
    },
  },
  {
    form: 'case-accepted',
    fact: 'case-accepted',
    prepare: async (api) => {
      const { id } = await api.cases.register(caseInput());
      const action = { step: 'case-accepted' as const, payload: {} };
      return (now, eventId) => now.cases.act({ id, revision: 1, eventId, action });
    },
  },
  {
    form: 'return-refused',
    fact: 'return-refused',
    prepare: async (api) => {
      const id = await returnOf(api);
      const decision = { decision: 'refuse' as const, payload: { ground: 'other' as const, text: '不符' } };
      return (now, eventId) => now.returns.decide({ id, revision: 1, eventId, decision });
    },
  },
  {
    form: 'return-disputed',
    fact: 'return-disputed',
    prepare: async (api) => {
      const id = await returnOf(api);
      const decision = { decision: 'refuse' as const, payload: { ground: 'other' as const, text: '不符' } };
      await api.returns.decide({ id, revision: 1, decision });
      const typed = { id, revision: 2, consumerPhone: '13800001111', facts: '不接受拒绝' };
      return (now, caseId) => now.returns.dispute({ ...typed, caseId });
    },
  },
];

/**
 * before: the call never left. lost: recorded, the answer never came. twice: sent again before the first was answered.
 * reload: the window starts again, from the draft that is kept.
 */
const CUTS = ['before', 'lost', 'twice', 'reload'] as const;
type Cut = (typeof CUTS)[number];

/** Fills in a form and saves it until the person is told that it is saved. */
async function saved(form: Form, cuts: readonly Cut[], discards: boolean): Promise<void> {
  const { api } = workstation;
  const before = await prepared(form);
  let id = uuidv7();
  const name = `${form.form}:${id}`;
  const keep = (): Promise<unknown> =>
    api.drafts.save({ key: `${name}#${id}`, title: '草稿', values: { text: '写到一半' } });
  await keep();
  for (const cut of cuts) {
    if (cut === 'lost') await before.save(api, id);
    if (cut === 'twice') await Promise.all([before.save(api, id), before.save(api, id)]);
    if (cut !== 'reload') continue;
    const [draft] = await api.drafts.of({ form: name });
    // What is recorded is no draft any more: the person finds the record instead.
    if (draft === undefined) return check(form, before.facts);
    id = draft.key.slice(name.length + 1);
  }
  await before.save(api, id);
  if (discards) await api.drafts.discard({ key: `${name}#${id}` });
  expect(await api.drafts.of({ form: name })).toEqual([]);
  await check(form, before.facts);
}

async function prepared(form: Form): Promise<{ save: Save; facts: number }> {
  const save = await form.prepare(workstation.api);
  return { save, facts: await count(form.fact) };
}

const check = async (form: Form, before: number): Promise<void> => {
  expect([form.form, await count(form.fact)]).toEqual([form.form, before + 1]);
};

describe('a form that is saved', () => {
  it('makes one record, whatever fails between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FORMS),
        fc.array(fc.constantFrom(...CUTS), { maxLength: 5 }),
        fc.boolean(),
        saved,
      ),
      { numRuns: 60 },
    );
  });

  it.each(FORMS)('$form: is the same record after a crash that lost the answer', async (form) => {
    const { save, facts } = await prepared(form);
    const id = uuidv7();
    const first = await save(workstation.api, id);
    if (form === FORMS[0]) {
      await workstation.running.close();
      workstation = await openTestWorkstation(folder);
    }
    expect(await save(workstation.api, id)).toEqual(first);
    await check(form, facts);
  });

  it('is refused, and loses nothing, when something else was saved under its id', async () => {
    const { api } = workstation;
    const input = caseInput();
    await api.cases.register(input);
    const changed = { ...input, consumer: { ...input.consumer, name: '李四' } };
    await expect(api.cases.register(changed)).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'saved-already' },
    });
    const eventId = uuidv7();
    const note = (text: string) => ({ step: 'note-added' as const, payload: { text } });
    const act = { id: input.caseId, revision: 1, eventId };
    await api.cases.act({ ...act, action: note('一') });
    await expect(api.cases.act({ ...act, action: note('二') })).rejects.toMatchObject({
      data: { rule: 'saved-already' },
    });
  });

  it('keeps a draft for each window, both in the list', async () => {
    const { api } = workstation;
    const form = `case-new:${uuidv7()}`;
    const [one, other] = [`${form}#${uuidv7()}`, `${form}#${uuidv7()}`];
    await api.drafts.save({ key: one, title: '登记纠纷', values: { text: '左边' } });
    await api.drafts.save({ key: other, title: '登记纠纷', values: { text: '右边' } });
    const kept = await api.drafts.of({ form });
    expect(kept.map(({ key }) => key).toSorted()).toEqual([one, other].toSorted());
    await api.drafts.discard({ key: one });
    expect((await api.drafts.of({ form })).map(({ key }) => key)).toEqual([other]);
  });
});
