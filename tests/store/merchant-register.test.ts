import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { caseInput, openTestWorkstation, type TestWorkstation } from '../support/workstation.ts';

// One workstation at the circle for the whole file; each case registers merchants of its own.

const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';
/** Of the first years: in use, although the last character does not fit. */
const EARLY = '91350100M0001TGQXM';

let workstation: TestWorkstation;
let api: WorkstationClient;
let remove: () => Promise<void>;
beforeAll(async () => {
  const made = await temporaryFolder();
  ({ remove } = made);
  workstation = await openTestWorkstation(made.folder, { unitPath: '/HS/C1' });
  ({ api } = workstation);
});
afterAll(async () => {
  await workstation.running.close();
  await remove();
});

const FIELDS = {
  name: '虚构鞋店',
  creditCode: null as string | null,
  category: 'enterprise',
  address: null,
  contactName: null,
  phone: null,
};

async function registered(
  over: Partial<typeof FIELDS> & { unitPath?: string; codeConfirmed?: boolean } = {},
) {
  const merchantId = crypto.randomUUID();
  return api.merchants.register({ merchantId, unitPath: MALL, ...FIELDS, ...over });
}

const caseAgainst = (merchantId: string, name: string) =>
  api.cases.register(caseInput({ merchant: { merchantId, name } }));

describe('a code', () => {
  it('that looks wrong is recorded once somebody has said that it is right, and not asked about again', async () => {
    await expect(registered({ creditCode: EARLY })).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'credit-code-check-digit', field: 'creditCode' },
    });
    const { state } = await registered({ creditCode: ` ${EARLY.toLowerCase()} `, codeConfirmed: true });
    expect(state.creditCode).toBe(EARLY);
    const fields = { ...FIELDS, creditCode: EARLY, phone: '0574-1' };
    const changed = await api.merchants.update({ id: state.id, revision: 1, fields });
    expect(changed.state).toMatchObject({ creditCode: EARLY, phone: '0574-1' });
    const other = { ...fields, creditCode: '91330100799655058A' };
    await expect(api.merchants.update({ id: state.id, revision: 2, fields: other })).rejects.toMatchObject({
      code: 'RULE',
      data: { field: 'creditCode' },
    });
  });

  it('that is an old registration number stands beside the code, and finds the merchant; what is none is refused', async () => {
    const { state } = await registered({ creditCode: '3302 0300 0012 343' });
    expect(state).toMatchObject({ creditCode: null, aliases: ['330203000012343'] });
    const found = await api.merchants.list({ search: '330203000012343' });
    expect(found.items.map(({ id }) => id)).toEqual([state.id]);
    // The number stays when the code is learnt.
    const fields = { ...FIELDS, creditCode: '91330203MA2JKLMN2F' };
    expect((await api.merchants.update({ id: state.id, revision: 1, fields })).state).toMatchObject({
      creditCode: '91330203MA2JKLMN2F',
      aliases: ['330203000012343'],
    });
    await expect(registered({ creditCode: '办理中', codeConfirmed: true })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      data: { issues: [{ field: 'creditCode', rule: 'credit-code-none' }] },
    });
  });
});

it('a category of the list in force is recorded, and none that nobody knows', async () => {
  const { state, timeline } = await registered({ category: 'social-organisation' });
  expect([state.category, timeline[0]?.version]).toEqual(['social-organisation', 2]);
  await expect(registered({ category: 'farm' })).rejects.toMatchObject({
    code: 'RULE',
    data: { rule: 'procedure-code-unknown', field: 'category' },
  });
});

describe('two entries of one merchant', () => {
  it('are found, merged under the one that stays with their cases, and as they were when that is undone', async () => {
    const goes = (await registered({ name: '虚构重名店（一楼）' })).state;
    const stays = (await registered({ name: '虚构重名店(一楼)', unitPath: SHOP })).state;
    const { id: caseId } = await caseAgainst(goes.id, goes.name);
    const found = await api.merchants.duplicates();
    expect(
      found.pairs.find((one) => one.first.id === goes.id && one.second.id === stays.id)?.grounds,
    ).toEqual(['name']);

    const eventId = uuidv7();
    const merge = { id: goes.id, revision: 1, eventId, intoId: stays.id };
    const merged = await api.merchants.merge(merge);
    expect(merged.state.mergedInto).toMatchObject({ id: stays.id, name: stays.name });
    // The same save again, after a lost answer.
    expect((await api.merchants.merge(merge)).state.revision).toBe(2);
    const whole = await api.merchants.get({ id: stays.id });
    expect(whole).toMatchObject({
      summary: { openCases: 1 },
      counts: { cases: 1 },
      absorbed: [{ id: goes.id, unitName: '第一商场', mergedInto: stays.id }],
    });
    const listed = async () =>
      (await api.merchants.list({ search: '虚构重名店' })).items.map((one) => [one.id, one.openCases]);
    expect(await listed()).toEqual([[stays.id, 1]]);
    const cases = async (merchantId: string) =>
      (await api.cases.list({ filter: { merchantId } })).items.map(({ id }) => id);
    expect(await cases(stays.id)).toEqual([caseId]);

    await api.merchants.unmerge({ id: goes.id, revision: 2, intoId: stays.id });
    expect(await listed()).toEqual(
      expect.arrayContaining([
        [goes.id, 1],
        [stays.id, 0],
      ]),
    );
    expect([await cases(stays.id), await cases(goes.id)]).toEqual([[], [caseId]]);
    expect((await api.merchants.get({ id: stays.id })).absorbed).toEqual([]);
  });

  it('are counted over several hands, and a merge is refused with field and rule where it makes no sense', async () => {
    const [one, two, three] = [await registered(), await registered(), await registered()];
    await caseAgainst(one.state.id, '虚构鞋店');
    const merge = (from: typeof one, into: typeof one) =>
      api.merchants.merge({ id: from.state.id, revision: 1, intoId: into.state.id });
    await expect(merge(one, one)).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'merge-with-itself', field: 'intoId' },
    });
    await merge(one, two);
    await expect(merge(three, one)).rejects.toMatchObject({
      data: { rule: 'merge-into-merged', field: 'intoId' },
    });
    await merge(two, three);
    expect(await api.merchants.get({ id: three.state.id })).toMatchObject({
      counts: { cases: 1 },
      absorbed: [{}, {}],
    });
    const disputed = await registered();
    await caseAgainst(disputed.state.id, '虚构鞋店');
    await expect(merge(disputed, three)).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'merge-cases-open', field: 'intoId', parameters: { goes: 1, stays: 1 } },
    });
    await expect(
      api.merchants.merge({ id: disputed.state.id, revision: 1, intoId: 'nobody' }),
    ).rejects.toMatchObject({ data: { rule: 'merchant-missing', field: 'intoId' } });
  });
});

it('a merchant that moves is listed where it is now, and what happened stays where it was', async () => {
  const { state } = await registered({ name: '虚构迁址店', unitPath: SHOP });
  const { id: caseId } = await caseAgainst(state.id, state.name);
  const before = (await api.cases.get({ id: caseId })).state;
  const moved = await api.merchants.move({
    id: state.id,
    revision: 1,
    fromPath: SHOP,
    toPath: '/HS/C1',
    movedOn: '2026-01-05',
    address: '新址',
  });
  expect(moved).toMatchObject({
    state: { unitPath: '/HS/C1', address: '新址' },
    earlierPlaces: [{ unitPath: SHOP, unitName: '虚构服饰店', until: '2026-01-05' }],
    counts: { cases: 1 },
  });
  const at = async (unitPath: string) =>
    (await api.merchants.list({ search: '虚构迁址店', unitPath })).items.length;
  expect([await at(SHOP), await at('/HS/C1')]).toEqual([0, 1]);
  expect((await api.cases.get({ id: caseId })).state).toEqual(before);
  await expect(
    api.merchants.move({
      id: state.id,
      revision: 2,
      fromPath: '/HS/C1',
      toPath: '/HS/C1/M09',
      movedOn: '2026-01-06',
      address: null,
    }),
  ).rejects.toMatchObject({ code: 'RULE', data: { rule: 'unit-missing', field: 'toPath' } });
});
