import type {
  ComparedFigures,
  Comparison,
  ComparisonQuery,
  ComparisonRow,
  ComparisonSide,
} from '../../contract/workstation/supervision.ts';
import { ratesOf, type Totals } from '../../domain/rollup/index.ts';
import type { RollupFigures } from '../../contract/centre/rollup.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { rollupAnswer, type RollupAnswer } from '../rollup/index.ts';

const figures = ({ totals, rates, caseHandling }: RollupFigures): ComparedFigures => ({
  totals,
  rates,
  medianDays: caseHandling.medianDays,
});

/** What happened at the unit itself; how long it took there is not counted apart. */
const ownFigures = (own: Totals): ComparedFigures => ({ totals: own, rates: ratesOf(own), medianDays: null });

const side = ({ view, fetchedAt, stale }: RollupAnswer): ComparisonSide => ({
  period: { from: view.from, to: view.to },
  completeness: view.completeness,
  generatedAt: view.generatedAt,
  fetchedAt,
  stale,
});

/**
 * A unit and those right below it, side by side over two periods, from the centre's roll-up or the last copies of it.
 * @throws CENTRE_UNREACHABLE when either period is neither to be had nor copied
 */
export async function compare(context: StaffContext, query: ComparisonQuery): Promise<Comparison> {
  const { staff } = context;
  const path = query.path ?? staff.unitPath;
  const first = await rollupAnswer(context, { path, ...query.first });
  const second = await rollupAnswer(context, { path, ...query.second });
  const units = new Map(
    [...first.view.children, ...second.view.children].map(({ path: at, name, level, party }) => [
      at,
      { path: at, name, level, party },
    ]),
  );
  const childOf = (answer: RollupAnswer, at: string): ComparedFigures | null => {
    const found = answer.view.children.find((one) => one.path === at);
    return found ? figures(found) : null;
  };
  const rows: ComparisonRow[] = [...units.values()]
    .sort((a, b) => a.path.localeCompare(b.path))
    .map((unit) => ({
      unit,
      kind: 'child',
      first: childOf(first, unit.path),
      second: childOf(second, unit.path),
    }));
  const { unit } = second.view;
  return {
    unit,
    first: side(first),
    second: side(second),
    rows: [
      { unit, kind: 'all', first: figures(first.view.all), second: figures(second.view.all) },
      ...(rows.length > 0
        ? [
            {
              unit,
              kind: 'own' as const,
              first: ownFigures(first.view.own),
              second: ownFigures(second.view.own),
            },
          ]
        : []),
      ...rows,
    ],
  };
}
