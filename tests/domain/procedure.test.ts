import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseDeadline, limitOf } from '../../src/domain/case/deadline.ts';
import { applyCase } from '../../src/domain/case/reducer.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import {
  defaultCalendar,
  isCovered,
  isWorkingDay,
  shiftDay,
} from '../../src/domain/kernel/calendar/index.ts';
import { procedureChanges } from '../../src/domain/procedure/changes.ts';
import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';
import { applyCalendar, type CalendarState } from '../../src/domain/procedure/imported-years.ts';
import { calendarYearsAt, codeEntry, versionsAt } from '../../src/domain/procedure/overview.ts';
import {
  entriesOf,
  instrumentFor,
  numberPatternOf,
  Procedure,
} from '../../src/domain/procedure/procedure.ts';
import { applyProcedure, type ProcedureState } from '../../src/domain/procedure/published.ts';
import {
  asOfImports,
  calendarAt,
  calendarImports,
  procedureInForce,
  procedureOf,
  procedureOfCase,
  shippedRules,
  withCalendar,
  withProcedure,
  type Rulebook,
} from '../../src/domain/procedure/rulebook.ts';
import { codeWords } from '../../src/main/exports/words.ts';
import { actorAt, ADMINISTRATOR, factOf, registration } from '../support/facts.ts';
import { procedureFrom, settleWithin, YEAR_2027 } from '../support/procedures.ts';

const MALL = '/HS/C1/M01';
const TODAY = '2026-03-10T02:00:00.000Z';

type Published = { version: number; procedure: Procedure; replaces?: number };

function publish(state: ProcedureState | undefined, payload: Published, at = TODAY) {
  return applyProcedure(state, factOf('procedure', 'HS', 'procedure-published', payload, ADMINISTRATOR, at));
}

function published(...all: Published[]): ProcedureState {
  let state: ProcedureState | undefined;
  for (const payload of all) {
    const ruling = publish(state, payload);
    if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
    state = ruling.state;
  }
  if (!state) throw new Error('Nothing published');
  return state;
}

const rulesOf = (...all: Published[]): Rulebook => withProcedure(shippedRules, published(...all));

/** The fields and rules that a file breaks. */
function wrong(change: (procedure: Procedure) => void): string[] {
  const parsed = Procedure.safeParse(procedureFrom('2026-04-01', change));
  return (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`);
}

describe('a procedure', () => {
  it('ships with every list in use and every rule with its source and how surely it is known', () => {
    expect(Procedure.parse(defaultProcedure)).toEqual(defaultProcedure);
    const lists = ['object', 'problem', 'claim', 'refusalGrounds', 'terminationGrounds'] as const;
    expect(lists.map((list) => entriesOf(defaultProcedure, list).length)).toEqual([19, 13, 10, 7, 8]);
    expect(defaultProcedure.levels.map((level) => level.settleWorkingDays.value)).toEqual([10, 10, 10, 10]);
    expect(defaultProcedure.levels[0]?.firstContactHours?.tag).toBe('assumption');
  });

  it.each<[string, (procedure: Procedure) => void, string]>([
    ['a level left out', (one) => one.levels.splice(2, 1), 'levels.2.level levels-not-counted'],
    [
      'an instrument of a level unheard of',
      (one) => (one.instruments[0]!.levels = [2, 9]),
      'instruments.0.levels.1 level-unknown',
    ],
    [
      'a code there twice',
      (one) => one.codes.object.entries.push({ ...one.codes.object.entries[0]! }),
      'codes.object.entries.19.code procedure-code-repeated',
    ],
    [
      'a ground there twice',
      (one) => one.refusalGrounds.push({ ...one.refusalGrounds[2]! }),
      'refusalGrounds.7.code procedure-code-repeated',
    ],
    [
      'a code in capitals',
      (one) => (one.codes.claim.entries[0]!.code = 'Repair'),
      'codes.claim.entries.0.code procedure-code-malformed',
    ],
    [
      'no ground in use',
      (one) => one.terminationGrounds.forEach((ground) => (ground.active = false)),
      'terminationGrounds no-code-active',
    ],
    [
      'lower units whose numbers would collide',
      (one) => (one.documentNumbers.below = '〔{year}〕{sequence}'),
      'documentNumbers.below pattern-without-unit',
    ],
    [
      'a unit there twice',
      (one) =>
        (one.instruments[3]!.units = [
          { path: MALL, body: '甲' },
          { path: MALL, body: '乙' },
        ]),
      'instruments.3.units.1.path unit-repeated',
    ],
  ])('refuses %s, naming field and rule', (_name, change, expected) => {
    expect(wrong(change)).toEqual([expected]);
  });

  it.each([
    [0, 'levels.3.mediateDays.value'],
    [-7, 'levels.3.mediateDays.value'],
    [1.5, 'levels.3.mediateDays.value'],
  ])('refuses a limit of %s days', (value, field) => {
    const found = wrong((one) => (one.levels[3]!.mediateDays.value = value));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${field} `));
  });

  it('says what changed field by field, entries by their code, whatever their order', () => {
    const next = procedureFrom('2026-04-01', (one) => {
      settleWithin(one, 2, 8);
      one.codes.object.entries.reverse();
      one.codes.object.entries.push({ code: 'pets', name: { zh: '宠物', en: 'Pets' }, active: true });
      one.instruments[0]!.levels = [1, 2];
    });
    expect(procedureChanges(defaultProcedure, next)).toEqual([
      { field: 'effectiveFrom', from: '2000-01-01', to: '2026-04-01' },
      { field: 'levels.2.settleWorkingDays.value', from: '10', to: '8' },
      { field: 'instruments.settlement-agreement.levels', from: null, to: '1, 2' },
      { field: 'codes.object.entries.pets.code', from: null, to: 'pets' },
      { field: 'codes.object.entries.pets.name.zh', from: null, to: '宠物' },
      { field: 'codes.object.entries.pets.name.en', from: null, to: 'Pets' },
      { field: 'codes.object.entries.pets.active', from: null, to: 'true' },
    ]);
    expect(procedureChanges(next, next)).toEqual([]);
  });

  it('says which unit may issue an instrument', () => {
    const mall = { path: MALL, level: 2, party: 'operator' as const };
    const bureau = { path: '/HS', level: 4, party: 'regulator' as const };
    expect(instrumentFor(defaultProcedure, 'administrative-mediation', mall)).toBeNull();
    expect(instrumentFor(defaultProcedure, 'administrative-mediation', bureau)).not.toBeNull();
    const committees = procedureFrom('2026-04-01', (one) => {
      one.instruments[3]!.units = [{ path: MALL, body: '天一商圈人民调解委员会' }];
    });
    expect(instrumentFor(committees, 'peoples-mediation', mall)).not.toBeNull();
    expect(instrumentFor(committees, 'peoples-mediation', bureau)).toBeNull();
    expect(numberPatternOf(committees, '/HS')).toBe('甬海市监调〔{year}〕第{sequence:4}号');
    expect(numberPatternOf(committees, MALL)).toContain('{unit}');
  });
});

describe('publishing', () => {
  const from = (day: string) => procedureFrom(day);

  it.each<[string, ProcedureState | undefined, Published, string, string]>([
    [
      'begins before the version it follows',
      published({ version: 2, procedure: from('2026-05-01') }),
      { version: 3, procedure: from('2026-04-30') },
      'procedure-dates-overlap',
      'effectiveFrom',
    ],
    [
      'begins on the same day',
      published({ version: 2, procedure: from('2026-05-01') }),
      { version: 3, procedure: from('2026-05-01') },
      'procedure-dates-overlap',
      'effectiveFrom',
    ],
    [
      'begins before it is published',
      undefined,
      { version: 2, procedure: from('2026-03-09') },
      'procedure-backdated',
      'effectiveFrom',
    ],
    [
      'skips a number',
      undefined,
      { version: 3, procedure: from('2026-05-01') },
      'procedure-version-order',
      'version',
    ],
    [
      'replaces what is in force',
      undefined,
      { version: 2, procedure: from('2026-05-01'), replaces: 2 },
      'replaces-only-to-come',
      'replaces',
    ],
    [
      'removes a code',
      undefined,
      {
        version: 2,
        procedure: procedureFrom('2026-05-01', (one) => one.codes.problem.entries.splice(3, 1)),
      },
      'procedure-code-removed',
      'codes.problem.entries',
    ],
    [
      'removes a ground',
      undefined,
      { version: 2, procedure: procedureFrom('2026-05-01', (one) => one.refusalGrounds.pop()) },
      'procedure-code-removed',
      'refusalGrounds',
    ],
  ])('is refused when it %s', (_name, state, payload, rule, field) => {
    expect(publish(state, payload)).toMatchObject({ kind: 'illegal', refusal: { rule, field } });
  });

  it('is an administrator’s, at the topmost unit', () => {
    const payload = { version: 2, procedure: from('2026-05-01') };
    const by = (actor: typeof ADMINISTRATOR, id = 'HS') =>
      applyProcedure(undefined, factOf('procedure', id, 'procedure-published', payload, actor));
    expect(by(actorAt('/HS', 'supervisor'))).toMatchObject({ refusal: { rule: 'role-may-not' } });
    expect(by({ ...ADMINISTRATOR, unitPath: '/HS/C1' }, 'C1')).toMatchObject({
      refusal: { rule: 'published-at-the-top' },
    });
    expect(by(ADMINISTRATOR, 'C1')).toMatchObject({ refusal: { rule: 'published-at-the-top' } });
  });

  it('may put another in the place of one that is still to come', () => {
    const rules = rulesOf(
      { version: 2, procedure: from('2026-05-01') },
      { version: 3, procedure: from('2026-04-15'), replaces: 2 },
    );
    expect(procedureInForce(rules, MALL, '2026-04-14').version).toBe(1);
    expect(procedureInForce(rules, MALL, '2026-04-15').version).toBe(3);
    expect(procedureInForce(rules, MALL, '2026-06-01').version).toBe(3);
    expect(versionsAt(rules, MALL, '2026-03-10').map(({ version, status }) => [version, status])).toEqual([
      [3, 'to-come'],
      [2, 'replaced'],
      [1, 'in-force'],
    ]);
  });

  it('leaves exactly one version in force on each day, whatever is published', () => {
    const days = fc.integer({ min: 0, max: 60 }).map((later) => shiftDay('2026-03-01', later) as string);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(days, fc.option(fc.integer({ min: 2, max: 6 }), { nil: undefined })), {
          maxLength: 8,
        }),
        days,
        (wanted, day) => {
          let state: ProcedureState | undefined;
          for (const [effectiveFrom, replaces] of wanted) {
            const version = (state?.versions.at(-1)?.version ?? 1) + 1;
            const ruling = publish(state, {
              version,
              procedure: from(effectiveFrom),
              ...(replaces === undefined ? {} : { replaces }),
            });
            if (ruling.kind === 'legal') state = ruling.state;
            else expect(ruling).toMatchObject({ kind: 'illegal', refusal: { rule: expect.any(String) } });
          }
          const rules = state ? withProcedure(shippedRules, state) : shippedRules;
          const views = versionsAt(rules, MALL, day);
          expect(views.filter(({ status }) => status === 'in-force')).toHaveLength(1);
          // Those that hold begin one after the other.
          const begins = views
            .filter(({ replacedBy }) => replacedBy === null)
            .map((one) => one.procedure.effectiveFrom);
          expect(begins.toReversed()).toEqual([...new Set(begins)].toSorted());
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a case', () => {
  const rules = rulesOf({
    version: 2,
    procedure: procedureFrom('2026-03-10', (one) => {
      settleWithin(one, 2, 5);
      one.limits.confirmationDays.value = 20;
      one.refusalGrounds[1]!.active = false;
      one.codes.object.entries[1]!.active = false;
      one.codes.object.entries.push({ code: 'pets', name: { zh: '宠物', en: 'Pets' }, active: true });
    }),
  });
  const register = (over: Record<string, unknown>, at = TODAY) =>
    applyCase(
      undefined,
      factOf('case', 'c1', 'case-registered', registration(over), actorAt(MALL), at),
      rules,
    );
  const legal = (ruling: ReturnType<typeof register>): CaseState => {
    if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
    return ruling.state;
  };
  const due = (state: CaseState): string | undefined =>
    caseDeadline(state, 2, false, defaultCalendar, procedureOfCase(rules, state))?.dueAt.slice(0, 10);

  it('keeps the limits of the version it began under', () => {
    const old = legal(register({}));
    const fresh = legal(register({ procedure: 2, category: { object: 'pets', problem: 'quality' } }));
    expect([due(old), due(fresh)]).toEqual(['2026-03-24', '2026-03-17']);
    const deadline = caseDeadline(fresh, 2, false, defaultCalendar, procedureOfCase(rules, fresh));
    expect(deadline).toMatchObject({ kind: 'settle', procedure: 2, level: 2 });
    expect(limitOf(procedureOf(rules, MALL, 2) ?? defaultProcedure, deadline!)?.value).toBe(5);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    [
      'a code it does not have',
      { category: { object: 'pets', problem: 'quality' } },
      'procedure-code-unknown',
      'category.object',
    ],
    ['a retired code', { procedure: 2 }, 'procedure-code-retired', 'category.object'],
    ['a claim it does not have', { claims: ['refund', 'millions'] }, 'procedure-code-unknown', 'claims.1'],
    ['a version nobody published', { procedure: 7 }, 'procedure-unknown', 'procedure'],
  ])('is refused for %s', (_name, over, rule, field) => {
    expect(register(over)).toMatchObject({ kind: 'illegal', refusal: { rule, field } });
  });

  it('is refused under a version before its day', () => {
    const at = '2026-03-09T02:00:00.000Z';
    expect(register({ procedure: 2, category: { object: 'pets', problem: 'quality' } }, at)).toMatchObject({
      refusal: { rule: 'procedure-not-in-force', parameters: { day: '2026-03-10' } },
    });
  });

  it('is refused and corrected by its own version’s codes, not by today’s', () => {
    const step = (state: CaseState, type: string, payload: unknown) =>
      applyCase(state, factOf('case', 'c1', type, payload, actorAt(MALL)), rules);
    const [old, fresh] = [
      legal(register({})),
      legal(register({ procedure: 2, category: { object: 'pets', problem: 'quality' } })),
    ];
    const ground = { ground: 'already-handled', text: '已诉至法院' };
    expect(step(old, 'case-refused', ground).kind).toBe('legal');
    expect(step(fresh, 'case-refused', ground)).toMatchObject({
      refusal: { rule: 'procedure-code-retired', field: 'ground' },
    });
    const correction = { reason: '登记有误', object: 'clothing' };
    expect(step(old, 'case-corrected', correction).kind).toBe('legal');
    expect(step(fresh, 'case-corrected', correction)).toMatchObject({
      refusal: { rule: 'procedure-code-retired', field: 'object' },
    });
    const accepted = legal(step(fresh, 'case-accepted', {}));
    expect(step(accepted, 'mediation-terminated', { ground: 'because', text: 'x' })).toMatchObject({
      refusal: { rule: 'procedure-code-unknown', field: 'ground' },
    });
  });
});

describe('imported years', () => {
  const load = (state: CalendarState | undefined, file: unknown, source = '国务院办公厅通知（虚构）') =>
    applyCalendar(state, factOf('calendar', 'HS', 'calendar-year-imported', { file, source }, ADMINISTRATOR));
  const imported = (...files: unknown[]): CalendarState => {
    let state: CalendarState | undefined;
    for (const [index, file] of files.entries()) {
      const ruling = load(state, file, `第 ${index + 1} 次`);
      if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
      state = ruling.state;
    }
    if (!state) throw new Error('Nothing imported');
    return state;
  };

  it('cover their year; of two for one year the later holds, and both stay on record', () => {
    const amended = { ...YEAR_2027, days: YEAR_2027.days.slice(0, 3) };
    const rules = withCalendar(shippedRules, imported(YEAR_2027, amended));
    const calendar = calendarAt(rules, MALL);
    expect(isCovered(defaultCalendar, '2027-01-04')).toBe(false);
    expect(isCovered(calendar, '2027-01-04')).toBe(true);
    expect(isWorkingDay(calendar, '2027-01-04')).toBe(true);
    expect(isWorkingDay(calendarAt(asOfImports(rules, MALL, 1), MALL), '2027-01-04')).toBe(false);
    expect(calendarAt(asOfImports(rules, MALL, 0), MALL).years).toEqual(defaultCalendar.years);
    expect(calendarImports(rules, MALL)).toBe(2);
    expect(calendarYearsAt(rules, MALL)[0]).toMatchObject({
      year: 2027,
      daysOff: 3,
      makeUpDays: 0,
      source: '第 2 次',
      before: [{ source: '第 1 次' }],
    });
    // Another district goes by what Heshi ships with.
    expect(calendarAt(rules, '/YZ/C1')).toBe(defaultCalendar);
  });

  it.each<[string, unknown, string]>([
    ['a year without a day', { ...YEAR_2027, days: [] }, 'file.days'],
    [
      'a day of another year',
      { ...YEAR_2027, days: [{ name: '元旦', date: '2026-01-01', isOffDay: true }] },
      'file.days.0.date',
    ],
    [
      'a day that does not exist',
      { ...YEAR_2027, days: [{ name: 'x', date: '2027-02-30', isOffDay: true }] },
      'file.days.0.date',
    ],
    ['no list at all', { year: 2027 }, 'file.days'],
  ])('refuse %s', (_name, file, field) => {
    expect(load(undefined, file)).toMatchObject({
      kind: 'illegal',
      refusal: { rule: 'payload-invalid', field },
    });
  });

  it('are an administrator’s', () => {
    const fact = factOf(
      'calendar',
      'HS',
      'calendar-year-imported',
      { file: YEAR_2027, source: 'x' },
      actorAt('/HS'),
    );
    expect(applyCalendar(undefined, fact)).toMatchObject({ refusal: { rule: 'role-may-not' } });
  });
});

describe('the word of a code', () => {
  const added = procedureFrom('2026-04-01', ({ codes }) => {
    codes.object.entries.push({ code: 'pets', name: { zh: '宠物', en: 'Pets' }, active: true });
    const food = codes.object.entries.find(({ code }) => code === 'food');
    if (food) food.name = { zh: '食品饮料', en: 'Food and drink' };
  });
  const rules = rulesOf({ version: 2, procedure: added });
  const word = (code: string, day: string, own?: Procedure) =>
    codeEntry(rules, MALL, day, 'object', code, own)?.name.zh;

  it('is that of its own version, else of what is in force, else of any that has it', () => {
    expect(word('food', '2026-05-01')).toBe('食品饮料');
    expect(word('food', '2026-05-01', defaultProcedure)).toBe('食品');
    expect(word('food', '2026-03-01')).toBe('食品');
    // To come, and not in the case's own version: still a word, not a code.
    expect(word('pets', '2026-03-01', defaultProcedure)).toBe('宠物');
    expect(word('never-heard-of', '2026-05-01')).toBeUndefined();
  });

  it('stands in what is exported, in the language of the export', () => {
    expect(codeWords(rules, MALL, '2026-05-01', 'zh-CN')('object', 'pets')).toBe('宠物');
    expect(codeWords(rules, MALL, '2026-05-01', 'en')('object', 'pets')).toBe('Pets');
    expect(codeWords(rules, MALL, '2026-05-01', 'en')('problem', 'gone')).toBe('gone');
  });
});
