import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDeltaSum, type CounterRow } from '../../../src/central/rollup/sum.ts';
import { businessDay } from '../../../src/domain/kernel/calendar/index.ts';
import { restorationDeltas } from '../../../src/domain/restoration/deltas.ts';
import {
  type CountedBy,
  departmentsReconcile,
  figuresByDepartment,
  figuresOfAll,
  noOfficeFigures,
  officeRates,
} from '../../../src/domain/rollup/index.ts';
import {
  application,
  DEPARTMENTS,
  departmentOf,
  expectedOf,
  independent,
  LEVELS,
  live,
  rules,
  waitingOf,
} from '../../support/lived-restorations.ts';

/** Rows of one unit as the centre reads them for a period. */
function readRows(rows: readonly CounterRow[], path: string, from: string, to: string): CountedBy[] {
  const found = new Map<string, CountedBy>();
  for (const row of rows) {
    if (row.path !== path || row.grain !== 'day' || row.day < from || row.day > to) continue;
    const name = `${row.facet} ${row.key}`;
    let one = found.get(name);
    if (!one) found.set(name, (one = { facet: row.facet, key: row.key, totals: {} }));
    for (const metric of Object.keys(row.total) as (keyof typeof row.total)[])
      one.totals[metric] = (one.totals[metric] ?? 0) + (row.total[metric] ?? 0);
  }
  return [...found.values()];
}

describe('figures by department', () => {
  it('equal an independent count at all four levels and in each department, and add up', () => {
    fc.assert(
      fc.property(
        fc.array(application, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(
          ['2026-01-01', '2026-12-31'],
          ['2026-03-01', '2026-03-31'],
          ['2026-03-20', '2026-04-10'],
        ),
        (applications, [from = '', to = '']) => {
          const lived = applications.flatMap(live);
          // As they come in, in two batches: the sum of what each adds is that of all.
          const batches = [createDeltaSum(), createDeltaSum()];
          lived.forEach(({ before, fact, after }, place) =>
            batches[place % 2]?.add(restorationDeltas(before, fact, after, { rules })),
          );
          const rows = batches.flatMap((batch) => batch.counters());
          const states = new Map(lived.map(({ fact, after }) => [fact.stream.id, after]));
          const now = Date.parse('2026-06-30T00:00:00.000Z');
          for (const path of LEVELS) {
            const isIn = (unitPath: string): boolean => `${unitPath}/`.startsWith(`${path}/`);
            const waiting = waitingOf(
              [...states.values()].filter(({ unitPath }) => isIn(unitPath)),
              now,
            );
            const counted = readRows(rows, path, from, to);
            const here = lived.filter(({ fact, after }) => {
              const day = businessDay(fact.at);
              return isIn(after.unitPath) && day >= from && day <= to;
            });
            const byDepartment = figuresByDepartment(counted, waiting, departmentOf);
            for (const department of DEPARTMENTS)
              expect(byDepartment.get(department) ?? noOfficeFigures()).toMatchObject(
                expectedOf(independent(here, (office) => departmentOf(office) === department)),
              );
            const total = figuresOfAll(
              counted.find(({ facet }) => facet === '')?.totals ?? {},
              counted,
              waiting,
            );
            expect(total).toMatchObject(expectedOf(independent(here, () => true)));
            expect(
              departmentsReconcile(
                total,
                [...byDepartment.values()].map((figures) => ({ figures })),
              ),
            ).toBe(true);
            const merchants = here.filter(({ fact }) => fact.type === 'restoration-accepted');
            expect(
              new Set(counted.flatMap(({ facet, key }) => (facet === 'applicant' ? [key] : []))),
            ).toEqual(new Set(merchants.map(({ after }) => after.merchantId)));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('have no rate where there is nothing to be a share of', () => {
    expect(officeRates(noOfficeFigures())).toEqual({
      repliedInTime: null,
      answeredInTime: null,
      averageOpinionDays: null,
      averageDays: null,
    });
  });

  it('tell where departments do not add up', () => {
    const one = { ...noOfficeFigures(), open: 1 };
    expect(departmentsReconcile(one, [{ figures: one }])).toBe(true);
    expect(departmentsReconcile(one, [{ figures: one }, { figures: one }])).toBe(false);
  });
});
