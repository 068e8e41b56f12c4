import { businessDay, minuteOfDay } from '../kernel/calendar/index.ts';
import { maskText } from '../kernel/text/index.ts';
import type { Rulebook } from '../procedure/index.ts';
import {
  isAnswered,
  missesSomething,
  type RestorationState,
  restorationTasks,
} from '../restoration/index.ts';

type TaskKind = ReturnType<typeof restorationTasks>[number]['kind'];

/** What an applicant reads of their own application: no person's name, and of departments only whether they have answered. */
export type RestorationView = {
  number: string;
  merchant: string;
  windowName: string;
  filedOn: string;
  /** `answered`: all departments have, and it waits to be submitted. */
  stage: RestorationState['status'] | 'answered';
  /** The decisions that it is about, each with what came of it. */
  matters: {
    organ: string;
    number: string;
    outcome:
      | { kind: 'under-way' }
      | { kind: 'repaired' | 'expired'; on: string }
      | { kind: 'refused'; reason: string };
  }[];
  /** In the order in which the window asked. */
  departments: { name: string; answered: boolean }[];
  /** What is due, the nearest first; `at` is a day, of the reply with the time of day. */
  due: { kind: TaskKind; at: string; provisional: boolean }[];
  /** What has to be handed in before it goes on; empty where nothing has. */
  needed: string[];
};

/** Names known to be of people, which are masked wherever they stand. */
const peopleOf = ({ representative, handler }: RestorationState): string[] => [
  representative.name,
  handler.name,
];

function neededIn(state: RestorationState): string[] {
  if (state.erased !== undefined) return [];
  const missing = state.asks
    .filter(missesSomething)
    .flatMap(({ opinion }) => opinion?.answers ?? [])
    .flatMap((one) => (one.verdict === 'incomplete' ? [one.missing] : []));
  const returned = state.status === 'returned' ? state.returns.slice(-1).map(({ reason }) => reason) : [];
  const open = state.status === 'returned' || state.status === 'accepted';
  return open ? [...new Set([...returned, ...missing])].map((one) => maskText(one, peopleOf(state))) : [];
}

function dueIn(state: RestorationState, rules: Rulebook): RestorationView['due'] {
  const dated = restorationTasks(state, { rules }).flatMap(({ kind, dueAt, stands, provisional }) =>
    dueAt === null || stands ? [] : [{ kind, dueAt, provisional }],
  );
  const nearest = dated.toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  // Of many departments the nearest end is enough.
  const first = nearest.filter(({ kind }, place) => nearest.findIndex((one) => one.kind === kind) === place);
  return first.map(({ kind, dueAt, provisional }) => ({
    kind,
    at: kind === 'reply' ? `${businessDay(dueAt)} ${minuteOfDay(dueAt)}` : businessDay(dueAt),
    provisional,
  }));
}

/** What whoever holds number and code of an application is told of it. `nameOf` names units by their paths. */
export function restorationView(
  state: RestorationState,
  rules: Rulebook,
  nameOf: (path: string) => string,
): RestorationView {
  const people = peopleOf(state);
  return {
    number: state.number,
    merchant: maskText(state.merchantName, people),
    windowName: nameOf(state.windowPath),
    filedOn: businessDay(state.filed.at),
    stage: state.status === 'accepted' && isAnswered(state) ? 'answered' : state.status,
    matters: state.matters.map(({ matterId, organ, number }) => {
      const outcome = state.outcomes.find((one) => one.matterId === matterId);
      const expired = state.expired?.find((one) => one.matterId === matterId);
      if (expired !== undefined) return { organ, number, outcome: { kind: 'expired', on: expired.on } };
      if (outcome === undefined) return { organ, number, outcome: { kind: 'under-way' } };
      return outcome.outcome === 'repaired'
        ? { organ, number, outcome: { kind: 'repaired', on: businessDay(outcome.effectiveAt) } }
        : { organ, number, outcome: { kind: 'refused', reason: maskText(outcome.reason, people) } };
    }),
    departments: state.asks.map(({ departmentPath, opinion }) => ({
      name: nameOf(departmentPath),
      answered: opinion !== null,
    })),
    due: dueIn(state, rules),
    needed: neededIn(state),
  };
}
