import type { CirclePublication } from '../../contract/workstation/public.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { CIRCLE_LEVEL, showsGrades } from '../../domain/public/index.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { os } from '../kernel/implementer.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';

async function circles({ workstation, staff }: StaffContext): Promise<CirclePublication[]> {
  const own = workstation.directory
    .all()
    .filter(({ path, level }) => level === CIRCLE_LEVEL && covers(staff.unitPath, path))
    .toSorted((a, b) => a.path.localeCompare(b.path));
  return Promise.all(
    own.map(async ({ path, name }) => {
      const state = await loadState(workstation.store.read, 'public', lastUnit(path));
      return {
        path,
        name,
        grades: showsGrades(state),
        set: state ? { at: state.set.at, name: state.set.name, reason: state.set.reason } : null,
        revision: state?.revision ?? 0,
        canDecide: may(staff.role, 'public.decide'),
      };
    }),
  );
}

type Decided = { circlePath: string; grades: boolean; reason: string; revision: number; eventId: string };

const payloadOf = ({ circlePath, grades, reason }: Decided) => ({ circlePath, grades, reason });

const decide = command({
  context: noContext,
  decide: (decided: Decided) => ({
    facts: [
      {
        id: decided.eventId,
        stream: { kind: 'public' as const, id: lastUnit(decided.circlePath) },
        type: 'publication-set',
        version: 1,
        payload: payloadOf(decided),
        ...(decided.revision === 0 ? {} : { expectedRevision: decided.revision }),
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ payload }, decided) => requireSame(payload, payloadOf(decided)),
  },
});

export const publication = {
  circles: os.publication.circles.handler(({ context }) => circles(context)),
  decide: os.publication.decide.handler(async ({ context, input }) => {
    await decide(context, input);
    return circles(context);
  }),
};
