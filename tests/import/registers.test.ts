import { expect, test } from 'vitest';
import {
  guessMapping,
  shapeOf,
  unmappedWords,
  validateMapping,
} from '../../src/main/imports/reading/shape.ts';
import { defaultProcedure, entriesOf } from '../../src/domain/procedure/index.ts';
import { judgeRows } from '../../src/main/imports/reading/verdict.ts';
import { briefly, complaintsOf, fixture, judged, merchantsOf, tableFrom, today } from './helpers.ts';

test('a GB18030 complaints register with Chinese headers', async () => {
  const { table, accepted, refused } = await judged(fixture('complaints-gb18030.csv'));
  expect(table).toMatchObject({ encoding: 'gb18030', format: 'csv', headerRow: 1 });
  expect(guessMapping(table)).toMatchObject({
    kind: 'complaints',
    preset: 'complaints-register',
    confidence: 1,
  });
  expect(complaintsOf(accepted)).toEqual([
    {
      externalNumber: '虚构-2025-001',
      consumerName: '张某某（虚构）',
      consumerPhone: '138****5678',
      merchantName: '天一里𠮷品服装店（虚构示例）',
      merchantAddress: '海曙区虚构路1号',
      industry: null,
      object: 'clothing',
      problem: 'quality',
      startedOn: '2025-03-01',
      closedOn: '2025-03-05',
      outcome: 'settled',
      originalResult: '调解成功',
      satisfaction: 'satisfied',
      restitutionFen: 39_900,
    },
    expect.objectContaining({
      object: 'catering',
      problem: 'food-safety',
      outcome: 'failed',
      startedOn: '2025-03-02',
      satisfaction: 'dissatisfied',
      restitutionFen: 0,
    }),
    expect.objectContaining({
      object: 'fitness',
      problem: 'prepaid',
      outcome: 'withdrawn',
      closedOn: '2025-04-01',
      consumerPhone: null,
      satisfaction: 'unknown',
      restitutionFen: 0,
    }),
  ]);
  // Row numbers count records: the line break inside row 4's address does not move the rows below it.
  expect(briefly(refused)).toEqual([
    '5 merchantName required',
    '6 closedOn closed-before-start',
    '7 externalNumber duplicate-row',
    '8 outcome unknown-word',
  ]);
  expect(unmappedWords(table, guessMapping(table).mapping)).toEqual([
    { field: 'outcome', word: '另行通知', count: 1 },
  ]);
});

test('messages name the column of the file and the rule, in both languages', async () => {
  const chinese = await judged(fixture('complaints-gb18030.csv'));
  const english = await judged(fixture('complaints-gb18030.csv'), { today, language: 'en' });
  expect(chinese.refused.map((one) => one.message)).toEqual([
    '“被投诉商户”不能为空。',
    '“办结时间”为 2025-03-05，早于开始日期 2025-03-10。',
    '编号“虚构-2025-001”与第 2 行重复。',
    '“处理结果”的内容“另行通知”没有对应的处理结果，请在对应表中补充。',
  ]);
  expect(english.refused.map((one) => one.message)).toEqual([
    '“被投诉商户” must not be blank.',
    '“办结时间” is 2025-03-05, before the start on 2025-03-10.',
    'The number “虚构-2025-001” is already used by row 2.',
    '“另行通知” in “处理结果” has no outcome yet; add it to the table of words.',
  ]);
});

test('a GB18030 roster: commitments, credit codes and kinds of operator', async () => {
  const { accepted, refused } = await judged(fixture('merchants-gb18030.csv'));
  expect(merchantsOf(accepted)).toMatchObject([
    {
      name: '天一里𠮷品服装店（虚构示例）',
      category: 'individual-business',
      commitmentWindowDays: 7,
      unitName: '虚构天一广场',
    },
    // "家电" is a trade, not a kind of operator: the credit code decides.
    { category: 'enterprise', commitmentWindowDays: 30 },
    { creditCode: null, category: 'other-operator', commitmentWindowDays: null, phone: null },
    { name: '校验码错误店（虚构示例）', creditCode: '92330203MA2XXXX040' },
  ]);
  expect(accepted[2]?.notes).toEqual([{ field: 'category', note: 'category-assumed' }]);
  // The 17th place of the made-up codes does not fit; of the last one the 18th neither.
  expect(
    accepted.map((one) => one.notes.filter(({ note }) => note === 'credit-code-doubtful').length),
  ).toEqual([1, 1, 0, 1]);
  expect(briefly(refused)).toEqual([]);
});

test('a workbook of another program: title, merges, hidden and empty sheets, total, formula without result', async () => {
  const { table, accepted, refused } = await judged(fixture('merchants.xlsx'));
  expect(table).toMatchObject({ encoding: 'xlsx', format: 'xlsx', sheet: '名录', headerRow: 2 });
  expect(accepted.map((one) => one.row)).toEqual([3, 5, 7]);
  expect(merchantsOf(accepted)).toMatchObject([
    { name: '商户甲（虚构示例）', phone: '13800000001', unitName: '虚构商场', commitmentWindowDays: 7 },
    { name: '商户丙（虚构示例）', phone: null, unitName: '虚构商场', commitmentWindowDays: null },
    {},
  ]);
  expect(accepted[2]?.notes).toMatchObject([{ field: 'creditCode', note: 'credit-code-wrong-length' }]);
  expect(briefly(refused)).toEqual(['4 commitmentWindowDays bad-window', '8 row total-row']);
});

test('dates and numbers of a workbook are read as meant', async () => {
  const { table, accepted, refused } = await judged(fixture('complaints.xlsx'));
  expect(table.rows[0]?.cells.slice(5, 7)).toEqual(['2025-03-01', '2025-03-05 16:45:00']);
  // 0.1 + 0.2 is shown as 0.3; as money it has one decimal, not seventeen.
  expect(table.rows[0]?.cells[12]).toBe('0.3');
  expect(refused).toEqual([]);
  expect(complaintsOf(accepted)).toMatchObject([
    { startedOn: '2025-03-01', closedOn: '2025-03-05', consumerPhone: '13800000003', restitutionFen: 30 },
    { startedOn: '2025-03-03', closedOn: '2025-03-04', restitutionFen: 1250 },
  ]);
});

const strange = [
  'Ref;Shop;Opened;Ended;How it went;Happy?;Back',
  '1;"Invented; shop";03.04.2025;05.04.2025;fixed;+;12,50',
  '2;Invented bar;13.04.2025;15.04.2025;no luck;-;0',
].join('\n');

test('a register never seen: nothing is guessed, the given mapping and words read it', async () => {
  const table = await tableFrom(strange);
  const guess = guessMapping(table);
  expect(guess.preset).toBeNull();
  expect(guess.confidence).toBeLessThan(1);
  expect(judgeRows(table, guess.mapping, { today }).accepted).toEqual([]);
  const mapping = {
    ...guess.mapping,
    kind: 'complaints' as const,
    columns: {
      externalNumber: 0,
      merchantName: 1,
      startedOn: 2,
      closedOn: 3,
      outcome: 4,
      satisfaction: 5,
      restitution: 6,
    },
    values: {
      outcome: { fixed: 'settled', 'no luck': 'failed' },
      satisfaction: { '+': 'satisfied', '-': 'dissatisfied' },
      object: {},
      problem: {},
    } as const,
  };
  expect(validateMapping(table, mapping)).toEqual([]);
  const { accepted, refused } = judgeRows(table, mapping, { today });
  // 13.04. tells that the day comes first, so 03.04. is the third of April.
  expect(complaintsOf(accepted)).toMatchObject([
    {
      externalNumber: '2',
      merchantName: 'Invented bar',
      startedOn: '2025-04-13',
      outcome: 'failed',
      satisfaction: 'dissatisfied',
    },
  ]);
  // A decimal comma is not guessed at.
  expect(briefly(refused)).toEqual(['2 restitution bad-amount']);
});

test('day and month that cannot be told apart are asked for, not guessed', async () => {
  const table = await tableFrom(
    'merchant,start date,close date,result\nInvented shop,03/04/2025,05/04/2025,settled',
  );
  const { mapping, confidence } = guessMapping(table);
  expect(confidence).toBeLessThan(1);
  expect(briefly(judgeRows(table, mapping, { today }).refused)).toEqual(['2 startedOn ambiguous-date']);
  const dayFirst = judgeRows(table, { ...mapping, dateOrder: 'DMY' }, { today });
  const monthFirst = judgeRows(table, { ...mapping, dateOrder: 'MDY' }, { today });
  expect(complaintsOf(dayFirst.accepted)[0]?.startedOn).toBe('2025-04-03');
  expect(complaintsOf(monthFirst.accepted)[0]?.startedOn).toBe('2025-03-04');
});

test('a mapping that cannot be used names each fault, and refuses every row', async () => {
  const table = await tableFrom(strange);
  const { mapping } = guessMapping(table);
  const wrong = {
    ...mapping,
    kind: 'complaints' as const,
    columns: { merchantName: 1, startedOn: 99, closedOn: 1, colour: 2 },
  };
  expect(validateMapping(table, wrong).map(({ field, rule }) => `${field} ${rule}`)).toEqual([
    'startedOn column-out-of-range',
    'closedOn column-used-twice',
    'colour unknown-target',
    'outcome column-missing',
  ]);
  const { accepted, refused } = judgeRows(table, wrong, { today });
  expect(accepted).toEqual([]);
  expect(refused.map((one) => one.message)).toEqual([
    '“投诉日期”指定的第 100 列在文件中不存在。',
    '“投诉日期”指定的第 100 列在文件中不存在。',
  ]);
});

test('the fingerprint ignores width, case and spaces but not names or order', () => {
  const shape = shapeOf({ headers: ['Complaint Type', '金额（元）'] });
  expect(shapeOf({ headers: [' complaint  type', '金额(元)'] })).toBe(shape);
  expect(shapeOf({ headers: ['金额（元）', 'Complaint Type'] })).not.toBe(shape);
});

test('amounts in ten thousands, with marks and separators, exact to the fen', async () => {
  const header = 'merchant,start date,close date,result,挽回损失（万元）';
  const rows = ['1.5', '"1,200"', '0.000001', '0.0000001', '３元'].map(
    (amount) => `虚构,2025-01-01,2025-01-02,settled,${amount}`,
  );
  const { accepted, refused } = await judged([header, ...rows].join('\n'));
  expect(complaintsOf(accepted).map((one) => one.restitutionFen)).toEqual([1_500_000, 1_200_000_000, 1, 300]);
  expect(briefly(refused)).toEqual(['5 restitution bad-amount']);
});

test('a credit code that looks wrong is kept in its plain form, with the places to compare; what is none is refused', async () => {
  // Codes as companies publish them on their own sites.
  const codes = [' 9133 0100 7996 5505 8b ', '91330100716105852F', '91330100799655058A', '9133010079965505'];
  codes.push('91330100799655O58B', '9133A100799655058B', '440301103097413', '办理中', '91330100799655058BX');
  const rows = codes.map((code, index) => `商户${index}（虚构示例）,${code},x`);
  const { accepted, refused } = await judged(['商户名称,统一社会信用代码,经营地址', ...rows].join('\n'));
  expect(
    accepted.map((one) => [
      one.kind === 'merchant' ? [one.merchant.creditCode, ...one.merchant.aliases].join() : '',
      ...one.notes
        .filter(({ field }) => field === 'creditCode')
        .map((two) => [two.note, two.parameters?.positions]),
    ]),
  ).toEqual([
    ['91330100799655058B'],
    ['91330100716105852F'],
    // The last place alone, or one of the department, the kind and the area.
    ['91330100799655058A', ['credit-code-doubtful', expect.stringMatching(/\b18$/)]],
    ['9133010079965505', ['credit-code-wrong-length', undefined]],
    ['91330100799655O58B', ['credit-code-doubtful', '15']],
    ['9133A100799655058B', ['credit-code-doubtful', '5']],
    [',440301103097413', ['earlier-number', undefined]],
  ]);
  expect(briefly(refused)).toEqual(['9 creditCode credit-code-none', '10 creditCode credit-code-too-long']);
});

test('a roster’s words for categories are those of the list in force', async () => {
  const content = [
    '商户名称,类别,统一社会信用代码',
    '甲,社会团体,',
    '乙,农户,',
    '丙,,51330200MJ8000001X',
  ].join('\n');
  const farm = { code: 'farm', name: { zh: '农户', en: 'Farm' }, active: true };
  const categories = [...entriesOf(defaultProcedure, 'merchantCategory'), farm];
  const { accepted } = await judged(content, { today, categories });
  expect(merchantsOf(accepted).map((one) => one.category)).toEqual([
    'social-organisation',
    'farm',
    'social-organisation',
  ]);
});
