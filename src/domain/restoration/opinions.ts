import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import type { RestorationPayload } from './events.ts';
import { repeatedAt } from './form.ts';
import { type Ask, missesSomething, type RestorationHand, type RestorationState } from './state.ts';

/** Asks departments, each once; with the first ones every matter has somebody who answers it. */
export function ask(
  next: RestorationState,
  asked: RestorationPayload<'restoration-accepted@1'>['asks'],
  { at }: Pick<Fact, 'at'>,
): Ruling<RestorationState> {
  const paths = [...next.asks, ...asked].map(({ departmentPath }) => departmentPath);
  const twice = repeatedAt(paths);
  if (twice >= 0) return illegal('restoration-department-twice', `asks.${twice - next.asks.length}`);
  const known = new Set(next.matters.map(({ matterId }) => matterId));
  const wrong = asked.findIndex(
    ({ matterIds }) => repeatedAt(matterIds) >= 0 || matterIds.some((id) => !known.has(id)),
  );
  if (wrong >= 0) return illegal('restoration-matter-unknown', `asks.${wrong}.matterIds`);
  const asks = [
    ...next.asks,
    ...asked.map((one): Ask => ({ ...one, since: at, opinion: null, earlier: [] })),
  ];
  const left = next.matters.find(
    ({ matterId }) => !asks.some(({ matterIds }) => matterIds.includes(matterId)),
  );
  if (left) return illegal('restoration-matter-unasked', 'asks', { number: left.number });
  return legal({ ...next, asks });
}

const OPEN: ReadonlySet<RestorationState['status']> = new Set(['accepted', 'returned']);

/**
 * Takes a department's answer, all its matters at once. While something is handed in later it is taken all the same: whoever answers does
 * not always know yet. Refused where nobody asked, where it was answered, and once the window has gone on.
 */
export function giveOpinion(
  next: RestorationState,
  { departmentPath, attempt, answers }: RestorationPayload<'opinion-given@1'>,
  by: RestorationHand,
): Ruling<RestorationState> {
  const place = next.asks.findIndex((one) => one.departmentPath === departmentPath);
  const asked = next.asks[place];
  if (asked === undefined || by.unitPath !== departmentPath)
    return illegal('restoration-not-asked', 'departmentPath');
  if (!OPEN.has(next.status)) return illegal('restoration-opinion-late', undefined, { status: next.status });
  if (asked.opinion !== null || attempt !== asked.earlier.length)
    return illegal('restoration-answered-already', 'departmentPath');
  const said = answers.map(({ matterId }) => matterId);
  const twice = repeatedAt(said);
  const strange = said.findIndex((id) => !asked.matterIds.includes(id));
  if (twice >= 0 || strange >= 0)
    return illegal('restoration-answer-strange', `answers.${twice >= 0 ? twice : strange}`);
  if (said.length < asked.matterIds.length) return illegal('restoration-answer-missing', 'answers');
  return legal({ ...next, asks: next.asks.with(place, { ...asked, opinion: { answers, by } }) });
}

/** The applicant has handed in what was missing: who missed it answers again, and the clock goes on. */
export function complete(
  next: RestorationState,
  { text, attachments, proofs }: RestorationPayload<'restoration-completed@1'>,
  by: RestorationHand,
): Ruling<RestorationState> {
  const open = next.returns.at(-1);
  if (open === undefined) return illegal('restoration-nothing-missing');
  const held = new Set(next.attachments.map(({ sha256 }) => sha256));
  const all = [...next.attachments, ...attachments.filter(({ sha256 }) => !held.has(sha256))];
  const strange = proofs.findIndex(
    ({ matterId, sha256 }) =>
      !all.some((one) => one.sha256 === sha256) || !next.matters.some((one) => one.matterId === matterId),
  );
  if (strange >= 0) return illegal('restoration-attachment-unknown', `proofs.${strange}`);
  if (text === '' && proofs.length === 0) return illegal('restoration-completion-empty', 'text');
  return legal({
    ...next,
    status: open.after,
    replySince: open.after === 'filed' ? by.at : next.replySince,
    attachments: all,
    matters: next.matters.map((matter) => ({
      ...matter,
      proofs: [
        ...new Set([
          ...matter.proofs,
          ...proofs.filter(({ matterId }) => matterId === matter.matterId).map(({ sha256 }) => sha256),
        ]),
      ],
    })),
    asks: next.asks.map((one) =>
      one.opinion !== null && missesSomething(one)
        ? { ...one, since: by.at, opinion: null, earlier: [...one.earlier, one.opinion] }
        : one,
    ),
    returns: next.returns.with(-1, { ...open, completed: { text, by } }),
  });
}
