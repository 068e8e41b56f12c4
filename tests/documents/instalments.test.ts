import { expect, it } from 'vitest';
import { drawPaper } from '../../src/main/document/papers/draw-paper.ts';
import { contentHash } from '../../src/main/document/document-facts.ts';
import { missingIn } from '../../src/main/document/papers/checks.ts';
import { papers } from '../../src/main/document/papers/papers.ts';
import { factsFor } from '../support/document-facts.ts';
import { faultsOf, plainTextOf, structureOf, textOf } from '../support/poppler.ts';

const INSTALMENTS = [
  { dueOn: '2026-04-30', amountFen: 100_000 },
  { dueOn: '2026-05-31', amountFen: 100_050 },
  { dueOn: '2026-06-30', amountFen: 99_950 },
];

/** The invented case of a people's or a settlement agreement, to be paid in three instalments. */
function inThree(kind: 'settlement-agreement' | 'mediation-record' | 'dossier') {
  const facts = factsFor(kind);
  const settlement = factsFor('settlement-agreement').state.settlement;
  if (!settlement) throw new Error('Settled above');
  return {
    ...facts,
    state: {
      ...facts.state,
      consumer: { ...facts.state.consumer, name: '𠮷田㐂' },
      settlement: {
        ...settlement,
        amountFen: 300_000,
        performance: {
          kind: 'by' as const,
          dueOn: '2026-06-30',
          manner: '银行转账',
          instalments: INSTALMENTS,
        },
      },
    },
  };
}

it('an agreement in three instalments, signed by three, says every day and amount, and says so of its structure', async () => {
  const paper = papers['settlement-agreement'](inThree('settlement-agreement'));
  const stroke = [0, 0, 150, 60, 299, 119];
  const { bytes, places } = await drawPaper(paper, {
    contentHash: contentHash(paper),
    draft: false,
    signatures: [
      { signer: 'consumer', width: 300, height: 120, strokes: [stroke] },
      { signer: 'merchant', name: '김철수' },
      { signer: 'mediator', width: 300, height: 120, strokes: [stroke] },
    ],
    signedOn: '2026-03-12',
  });
  const text = await textOf(bytes);
  for (const said of [
    '第1期2026年4月30日1,000.00',
    '第2期2026年5月31日1,000.50',
    '第3期2026年6月30日999.50',
    '合计3,000.00',
    '叁仟元整',
    '𠮷田㐂',
    '김철수（键入姓名确认）',
  ])
    expect(text).toContain(said);
  expect(text.match(/2026年3月12日/g)?.length).toBeGreaterThanOrEqual(3);

  expect(await faultsOf(bytes)).toBe('');
  const { about, structure } = await structureOf(bytes);
  expect(about).toMatch(/Title: +消费纠纷和解协议书 甬海市监调〔2026〕第0012号/);
  expect(about).toMatch(/Tagged: +yes/);
  expect(about).toMatch(/PDF version: +1\.7/);
  expect(Buffer.from(bytes).toString('latin1')).toContain('/Lang (zh-CN)');
  for (const tag of ['Document', 'Figure', 'H1 (block)', 'H2 (block)', 'Table (block)', 'TR', 'TH', 'TD'])
    expect(structure).toContain(tag);

  // Three places to sign, each inside the page, apart from each other, and clear of the words around it.
  expect(places.map(({ signer }) => signer)).toEqual(['consumer', 'merchant', 'mediator']);
  for (const { x, y, width, height } of places) {
    expect(Math.min(x, y, width - 100, height - 30)).toBeGreaterThan(0);
    expect([x + width < 595, y + height < 842]).toEqual([true, true]);
  }
});

it('the record and the dossier say the instalments as well', async () => {
  const record = papers['mediation-record'](inThree('mediation-record'));
  expect(JSON.stringify(record.sections)).toContain('1,000.50');
  const { state, ...facts } = inThree('dossier');
  const settled = facts.events.map((event) =>
    event.type === 'case-settled' ? { ...event, payload: state.settlement } : event,
  );
  const dossier = papers.dossier({ ...facts, state, events: settled });
  const said = dossier.history.map(({ what }) => what).join('\n');
  expect(said).toContain('第2期2026年5月31日前1,000.50元');
});

it('what a paper leaves blank is named before it has a number', async () => {
  const facts = factsFor('settlement-agreement', {
    registration: {
      consumer: { name: '张三', phone: '10012345678' },
      merchant: { merchantId: null, name: '虚构服饰店' },
    },
  });
  expect(missingIn(papers['settlement-agreement'](facts))).toEqual([
    'consumer-address',
    'merchant-phone',
    'merchant-address',
    'merchant-contact',
  ]);
  expect(missingIn(papers['settlement-agreement'](factsFor('settlement-agreement')))).toEqual([]);
  // A preview of a form that is still empty leaves room, and claims nothing.
  const paper = papers['identity-notice'](factsFor('identity-notice', { fields: {} }));
  const { bytes } = await drawPaper(paper, {
    contentHash: contentHash(paper),
    draft: true,
    signatures: [],
    signedOn: null,
  });
  expect(await plainTextOf(bytes)).not.toContain('2026年3月10日前');
});
