import { type StaffContext } from '../kernel/parts.ts';
import { lastUndoable, RuleRefused, takeBack } from '../kernel/store/index.ts';

const DECISIONS: ReadonlySet<string> = new Set(['return-granted', 'return-refused']);

type Wanted = { stream: { kind: 'return'; id: string }; staffId: string; types: ReadonlySet<string> };

const wantedOf = ({ staff }: StaffContext, id: string): Wanted => ({
  stream: { kind: 'return', id },
  staffId: staff.staffId,
  types: DECISIONS,
});

/** In how many milliseconds the person's last decision on a return leaves by itself, if it is here; null where it cannot be taken back. */
export async function undoableDecision(
  context: StaffContext,
  id: string,
): Promise<{ leavesInMs: number | null } | null> {
  const { store, sync } = context.workstation;
  const fact = await lastUndoable(store.read, { ...wantedOf(context, id), after: sync.left() });
  return fact === null ? null : { leavesInMs: sync.leavesIn(fact.at) };
}

/** Takes back the person's own last decision on a return, while it has not left this workstation. @throws RULE */
export async function undoDecision(context: StaffContext, id: string): Promise<void> {
  const { workstation } = context;
  const done = await workstation.sync.withoutSending((after) =>
    workstation.store.write((writer) =>
      takeBack(writer, workstation.directory, { ...wantedOf(context, id), after }),
    ),
  );
  if (!done) throw new RuleRefused({ rule: 'return-undo-too-late' });
}
