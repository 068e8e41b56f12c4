import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import type { RestorationAction, RestorationDetail } from '../../src/contract/workstation/restoration.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import { loadState } from '../../src/main/kernel/store/index.ts';
import { restorationCode } from '../../src/protocol/restoration-code.ts';
import * as en from '../../src/words/public/en.ts';
import * as zh from '../../src/words/public/zh-CN.ts';
import { DISTRICT, MALL, SHOP } from '../central/setting.ts';
import { type LiveWorkstation, useWorkstations } from '../support/live-workstations.ts';
import {
  act,
  agree,
  createOffices,
  DECISION,
  formFor,
  PDF,
  penalise,
  registerMerchant,
  sync,
  WINDOW,
} from '../support/restorations.ts';

const given = useWorkstations();

/** One dot of ink. */
const INK =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const DEPARTMENTS = ['/HS/D01', '/HS/D02', '/HS/D03'];

const rule = (name: string) => ({ code: 'RULE', data: { rule: name } });

describe('an application for credit repair', () => {
  it('is filed by a shop offline, answered by three departments in any order, repaired once, and counts', async () => {
    await createOffices(given, DEPARTMENTS);
    const district = await given.open('district', DISTRICT, 'supervisor-district');
    const shop = await given.open('shop', SHOP, 'manager-shop');
    const mall = await given.open('mall', MALL, 'mediator-mall');
    const merchantId = await registerMerchant(mall);
    await sync(mall, district);
    const sanctionId = await penalise(district, merchantId);
    const decision = await district.api.sanctions.keepFile({ name: '决定书.pdf', base64: PDF });
    const attached = await district.api.sanctions.step({
      id: sanctionId,
      revision: 1,
      eventId: uuidv7(),
      fact: { type: 'decision-attached', payload: { ...decision, name: '决定书.pdf' } },
    });
    expect(attached.state.documents).toEqual([{ ...decision, name: '决定书.pdf' }]);
    await sync(district, shop);
    // The decision itself comes from the district's disk by way of the centre.
    expect(await shop.api.sanctions.openFile({ id: sanctionId, sha256: decision.sha256 })).toMatchObject({
      name: '决定书.pdf',
      base64: PDF,
    });
    const window = await given.open('window', WINDOW, 'clerk');
    const offices = [];
    for (const path of DEPARTMENTS)
      offices.push(await given.open(path.slice(4), path, `reviewer-${path.slice(4)}`));
    await sync(window, ...offices);
    expect(await window.api.restorations.list({})).toMatchObject({ total: 0 });

    // The form knows what may be asked about, at the shop's own desk, without a line.
    const begun = await shop.api.restorations.form({ merchantId });
    expect(begun.candidates).toMatchObject([
      {
        sanction: { id: sanctionId, number: DECISION.number },
        types: [
          { code: 'penalty', bar: null },
          { code: 'appeal', bar: null },
        ],
        openIn: null,
      },
    ]);
    expect(begun.windows).toEqual([{ path: WINDOW, name: '海信服专窗（虚构）' }]);
    const begunForm = await formFor(shop, merchantId, sanctionId);
    const signature = await shop.api.restorations.keepFile({ name: '签名.png', base64: INK });
    const form = {
      ...begunForm,
      attachments: [
        ...begunForm.attachments,
        { ...signature, kind: 'commitment' as const, name: '签名.png' },
      ],
      commitments: begunForm.commitments.map((one) => ({ ...one, signature: signature.sha256 })),
    };
    await expect(
      shop.api.restorations.file({ ...form, matters: form.matters.map((one) => ({ ...one, proofs: [] })) }),
    ).rejects.toMatchObject({ ...rule('restoration-proof-missing'), data: { field: 'matters.0.proofs' } });
    const filed = await shop.api.restorations.file(form);
    expect(filed.state.number).toMatch(/^S001-X\d{4}-\d+-0001$/);
    expect(filed.state.handler.phone).toBe('100****5678');
    // The same once more is the same, and nothing else can be filed about it.
    expect(await shop.api.restorations.file(form)).toEqual(filed);
    await expect(
      shop.api.restorations.file({ ...form, restorationId: crypto.randomUUID() }),
    ).rejects.toMatchObject(rule('restoration-open-elsewhere'));
    const again = await shop.api.restorations.form({ merchantId });
    expect(again).toMatchObject({
      candidates: [{ openIn: form.restorationId }],
      attachments: [{ kind: 'performance' }],
    });
    expect(filed.can).toMatchObject({
      'restoration-accepted': false,
      'restoration-withdrawn': true,
      'restoration-completed': false,
    });
    await expect(
      shop.api.restorations.act(act(filed, { step: 'restoration-returned', payload: { reason: '缺件' } })),
    ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await sync(shop, window);

    const id = form.restorationId;
    // The same papers at the shop and at the window, which has the signature's file from the centre.
    for (const paper of [
      { kind: 'application' as const },
      { kind: 'commitment' as const, matterId: 'k-1' },
    ]) {
      const [own, theirs] = [
        await shop.api.restorations.paper({ id, paper }),
        await window.api.restorations.paper({ id, paper }),
      ];
      expect(own.fileName).toBe(`${filed.state.number}${paper.kind === 'application' ? '' : '-1'}.pdf`);
      expect(theirs).toEqual(own);
      expect(Buffer.from(own.base64, 'base64').includes('/Subtype /Image')).toBe(true);
    }
    await expect(
      window.api.restorations.paper({ id, paper: { kind: 'commitment', matterId: 'k-9' } }),
    ).rejects.toMatchObject(rule('restoration-matter-unknown'));
    expect((await window.api.restorations.get({ id })).state.handler.phone).toBe('100****5678');
    expect(await window.api.restorations.reveal({ id, reason: '核对缴款凭证' })).toEqual({
      phone: '10012345678',
    });
    const { rows: looks } = await sql<{ payload: string }>`
      SELECT payload FROM event WHERE type = 'access-made' ORDER BY local_order`.execute(
      window.running.parts.store.read,
    );
    expect(looks.map(({ payload }) => (JSON.parse(payload) as { action: string }).action)).toEqual(
      expect.arrayContaining(['print', 'reveal']),
    );
    // What goes to the merchant together with the decision.
    expect((await district.api.sanctions.notice({ id: sanctionId })).fileName).toBe(
      '虚市监处罚〔2026〕12号.pdf',
    );
    const { items } = await window.api.restorations.list({ filter: { mine: true } });
    expect(items).toMatchObject([{ id, toDo: [{ task: 'reply', mine: true }], matters: 1 }]);
    const arrived = await window.api.restorations.get({ id });
    expect(arrived.departments.map(({ path }) => path)).toEqual(DEPARTMENTS);
    const accepted = await window.api.restorations.act(
      act(arrived, {
        step: 'restoration-accepted',
        payload: { asks: DEPARTMENTS.map((departmentPath) => ({ departmentPath, matterIds: ['k-1'] })) },
      }),
    );
    expect(accepted).toMatchObject({ summary: { asked: 3, answered: 0 }, departments: [] });
    await sync(window, ...offices);

    // Each without the others; the last one sends first.
    for (const [place, office] of offices.entries()) {
      const asked = await office.api.restorations.get({ id });
      const path = DEPARTMENTS[place] ?? '';
      expect(asked).toMatchObject({ ask: { departmentPath: path }, can: { 'opinion-given': true } });
      expect(asked.summary.toDo[0]).toMatchObject({ task: 'opinion', mine: true });
      // The proof comes from the shop's disk by way of the centre.
      const [{ sha256 } = { sha256: '' }] = asked.state.attachments;
      expect(await office.api.restorations.openFile({ id, sha256 })).toMatchObject({
        name: '缴款凭证.pdf',
        mediaType: 'application/pdf',
        base64: PDF,
      });
      const other = DEPARTMENTS[(place + 1) % 3] ?? '';
      await expect(office.api.restorations.act(act(asked, agree(other)))).rejects.toMatchObject(
        rule('restoration-not-asked'),
      );
      const answered = await office.api.restorations.act(act(asked, agree(path)));
      expect(answered.ask).toBeNull();
    }
    await sync(...offices.toReversed());
    await sync(window, ...offices);
    const complete = await window.api.restorations.get({ id });
    expect(complete).toMatchObject({ summary: { answered: 3 }, agreed: ['k-1'] });
    await expect(
      window.api.restorations.act(
        act(complete, {
          step: 'restoration-concluded',
          payload: {
            outcomes: [{ matterId: 'k-1', outcome: 'repaired', effectiveAt: now(), number: 'XF-1' }],
          },
        }),
      ),
    ).rejects.toMatchObject(rule('restoration-submission-missing'));
    const submitted = await window.api.restorations.act(
      act(complete, {
        step: 'restoration-submitted',
        payload: { submissions: [{ platform: 'creditchina', receipt: 'XYZG-1', on: businessDay(now()) }] },
      }),
    );
    const concluded = await window.api.restorations.act(
      act(submitted, {
        step: 'restoration-concluded',
        payload: { outcomes: [{ matterId: 'k-1', outcome: 'repaired', effectiveAt: now(), number: 'XF-1' }] },
      }),
    );
    expect(concluded.state.status).toBe('concluded');
    await sync(window, shop, district, ...offices);

    // The record ended with it, everywhere, in the same step.
    for (const { running } of [shop, district, window]) {
      const sanction = await loadState(running.parts.store.read, 'sanction', sanctionId);
      expect(sanction).toMatchObject({ ended: { cause: 'repaired', number: 'XF-1' }, countedAs: null });
    }
    expect((await shop.api.restorations.form({ merchantId })).candidates[0]?.types).toMatchObject([
      { bar: { rule: 'restoration-ended-already' } },
      { bar: { rule: 'restoration-ended-already' } },
    ]);
    // It is drawn in the class above its own from now on; its grade comes from the centre, and is put here by hand.
    await district.running.parts.store.write((writer) =>
      sql`INSERT INTO credit_row (id, unit_path, grade, disputed, standing) VALUES (${merchantId}, ${SHOP}, 'C', 0, 'C')
        ON CONFLICT (id) DO UPDATE SET grade = 'C'`.execute(writer),
    );
    const drawn = await district.api.inspections.preview({ unitPath: DISTRICT });
    expect(drawn.classes.filter(({ candidates }) => candidates > 0)).toMatchObject([
      { class: 'B', candidates: 1 },
    ]);
    const period = { from: '2026-01-01', to: `${new Date().getFullYear() + 1}-12-31` };
    for (const path of [DISTRICT, MALL, SHOP]) {
      const { totals } = (await given.centre.admin.admin.rollup({ path, ...period })).all;
      expect(
        [
          totals['restorations-filed'],
          totals['restorations-accepted'],
          totals['restoration-opinions'],
          totals['restoration-matters-repaired'],
          totals['restorations-concluded'],
        ],
        path,
      ).toEqual([1, 1, 3, 1, 1]);
    }
    expect((await verifyDatabase(given.centre.databaseUrl)).filter((one) => one.broken > 0)).toEqual([]);
  });

  it('goes back for what a department misses, is completed, is refused by one, and frees the record', async () => {
    await createOffices(given, DEPARTMENTS.slice(0, 2));
    const district = await given.open('district', DISTRICT, 'supervisor-district');
    const mall = await given.open('mall', MALL, 'mediator-mall');
    const merchantId = await registerMerchant(mall);
    await sync(mall, district);
    const sanctionId = await penalise(district, merchantId);
    await sync(district, mall);
    const window = await given.open('window', WINDOW, 'clerk');
    const one = await given.open('one', '/HS/D01', 'reviewer-D01');
    const form = { ...(await formFor(mall, merchantId, sanctionId)), channel: 'desk' as const };
    await mall.api.restorations.file(form);
    await sync(mall, window);
    const id = form.restorationId;
    const take = async (at: LiveWorkstation, action: RestorationAction): Promise<RestorationDetail> => {
      const done = await at.api.restorations.act(act(await at.api.restorations.get({ id }), action));
      await sync(at, window, one, mall);
      return done;
    };
    await take(window, {
      step: 'restoration-accepted',
      payload: { asks: [{ departmentPath: '/HS/D01', matterIds: ['k-1'] }] },
    });
    const answer = (attempt: number, said: 'incomplete' | 'refuse'): RestorationAction => ({
      step: 'opinion-given',
      payload: {
        departmentPath: '/HS/D01',
        attempt,
        answers: [
          said === 'incomplete'
            ? { matterId: 'k-1', verdict: said, missing: '凭证不清晰' }
            : { matterId: 'k-1', verdict: said, ground: 'duty-open', article: '第十条', text: '' },
        ],
      },
    });
    await take(one, answer(0, 'incomplete'));
    const number = (await mall.api.restorations.get({ id })).state.number;
    const progress = async (n = number, c = restorationCode(id), lang = 'zh') => {
      const query = new URLSearchParams({ n, c, lang }).toString();
      const page = await fetch(`${given.centre.url}/p/paper?${query}`);
      const text = await page.text();
      // Neither persons nor what a department said.
      expect(text).not.toMatch(/张三|李四|测试员|10012345678|clerk|reviewer/);
      expect(text).not.toContain(id);
      return { status: page.status, text };
    };
    expect((await progress()).text).toContain(zh.repairing.stages.accepted);
    await take(window, {
      step: 'restoration-returned',
      payload: { reason: '凭证不清晰，请李四（10012345678）重交' },
    });
    const returned = await progress();
    for (const said of [
      zh.repairing.stages.returned,
      zh.repairing.needed,
      '凭证不清晰，请李*（100****5678）重交',
      '/HS/D01局（虚构）',
      '共 1 个部门，已答复 1 个',
      '海信服专窗（虚构）',
      DECISION.number,
    ])
      expect(returned.text).toContain(said);
    expect((await progress(number, restorationCode(id), 'en')).text).toContain(en.repairing.stages.returned);
    // A commitment letter's number leads there too; another code leads nowhere, and says nothing.
    expect((await progress(`${number}-1`)).text).toContain(zh.repairing.needed);
    for (const [n, c] of [
      [`${number}-2`, restorationCode(id)],
      [number, '0A1B-2C3D-4E5F'],
    ] as const) {
      const none = await progress(n, c);
      expect(none.status).toBe(404);
      expect(none.text).not.toContain(zh.repairing.title);
    }
    const proof = await mall.api.restorations.keepFile({
      name: '补充.pdf',
      base64: Buffer.from('%PDF-1.7\n%补充\n').toString('base64'),
    });
    await take(mall, {
      step: 'restoration-completed',
      payload: {
        text: '已补充',
        attachments: [{ ...proof, kind: 'performance', name: '补充.pdf' }],
        proofs: [{ matterId: 'k-1', sha256: proof.sha256 }],
      },
    });
    await take(one, answer(1, 'refuse'));
    const ended = await take(window, {
      step: 'restoration-concluded',
      payload: {
        outcomes: [{ matterId: 'k-1', outcome: 'refused', ground: 'duty-open', reason: '罚款未缴清' }],
      },
    });
    expect(ended.state).toMatchObject({ status: 'concluded', outcomes: [{ outcome: 'refused' }] });
    expect((await progress()).text).toContain('未予修复：罚款未缴清');
    const sanction = await loadState(mall.running.parts.store.read, 'sanction', sanctionId);
    expect(sanction).toMatchObject({ ended: null, applied: null, windows: [WINDOW] });
    // It may be asked about again, with the files that are there already.
    const next = await mall.api.restorations.form({ merchantId });
    expect(next).toMatchObject({ candidates: [{ openIn: null }], attachments: [{}, {}] });
    const second = { ...form, restorationId: crypto.randomUUID() };
    await mall.api.restorations.file(second);
    const withdrawn = await mall.api.restorations.act(
      act(await mall.api.restorations.get({ id: second.restorationId }), {
        step: 'restoration-withdrawn',
        payload: { reason: '材料再行准备' },
      }),
    );
    expect(withdrawn.state.status).toBe('withdrawn');
    expect(await loadState(mall.running.parts.store.read, 'sanction', sanctionId)).toMatchObject({
      applied: null,
    });
    await sync(mall, window);
    expect((await verifyDatabase(given.centre.databaseUrl)).filter(({ broken }) => broken > 0)).toEqual([]);
  });

  it('is refused at the centre to whoever filed second without a line, and what was typed stays', async () => {
    await createOffices(given, DEPARTMENTS.slice(0, 1));
    const district = await given.open('district', DISTRICT, 'supervisor-district');
    const shop = await given.open('shop', SHOP, 'manager-shop');
    const mall = await given.open('mall', MALL, 'mediator-mall');
    const merchantId = await registerMerchant(mall);
    await sync(mall, district);
    const sanctionId = await penalise(district, merchantId);
    await sync(district, shop, mall);
    const first = await formFor(shop, merchantId, sanctionId);
    const second = await formFor(mall, merchantId, sanctionId);
    await shop.api.restorations.file(first);
    await mall.api.restorations.file(second);
    await sync(shop);
    await mall.api.sync.now();
    const attention = await mall.api.sync.attention();
    expect(attention.map(({ type, refusal }) => `${type} ${refusal?.rule}`).toSorted()).toEqual([
      'restoration-filed restoration-open-elsewhere',
      'sanction-applied sanction-applied-already',
    ]);
    expect(await mall.api.restorations.list({})).toMatchObject({
      total: 1,
      items: [{ id: first.restorationId }],
    });
  });
});

const now = (): string => new Date().toISOString();
