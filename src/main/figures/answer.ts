import type { FiguresQuery, FiguresView } from '../../contract/centre/figures.ts';
import type { FiguresAnswer } from '../../contract/workstation/figures.ts';
import { zeroTotals } from '../../domain/rollup/index.ts';
import type { CallContext } from '../kernel/parts.ts';
import { answerOrCopy } from '../rollup/index.ts';
import { productNames } from './names.ts';

/** A view as this release knows it: a centre or a copy of a release with fewer metrics has counted none of the others. */
function withAllMetrics(view: FiguresView): FiguresView {
  const { whole } = view;
  if (whole === null) return view;
  const totals = { ...zeroTotals(), ...whole.totals };
  return { ...view, whole: { ...whole, totals, toDate: { ...zeroTotals(), ...whole.toDate } } };
}

/** Figures by department from the centre, or the last copy of exactly this question when it cannot be reached. */
export async function figuresAnswer(context: CallContext, query: FiguresQuery): Promise<FiguresAnswer> {
  const answer = await answerOrCopy(
    context,
    { kind: 'figures', query },
    (client) => client.figures(query),
    withAllMetrics,
  );
  return { ...answer, products: await productNames(context.workstation, query.path, query.to) };
}
