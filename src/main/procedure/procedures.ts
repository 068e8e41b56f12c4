import type { ProvisionalCases } from '../../contract/workstation/procedure.ts';
import { topOf } from '../../domain/procedure/rulebook.ts';
import { requireIdentity, summarize, todayOf, type CallContext } from '../kernel/parts.ts';
import { os } from '../kernel/implementer.ts';
import { countTasks, tasksDue } from '../kernel/task-lists.ts';

const SHOWN = 50;

async function provisional(context: CallContext): Promise<ProvisionalCases> {
  const { read } = context.workstation.store;
  const which = { of: 'case', kind: 'deadline', ownerPath: null } as const;
  const rows = await tasksDue(read, which, SHOWN, { provisional: true });
  return {
    cases: await summarize(context, 'case', rows),
    total: await countTasks(read, which, { provisional: true }),
  };
}

/** The rules that are data, as they hold at this workstation. */
export const procedures = {
  get: os.procedures.get.handler(({ context }) => {
    const { unitPath } = requireIdentity(context);
    const rules = context.workstation.directory.rules();
    const top = topOf(unitPath);
    return {
      unitPath,
      day: todayOf(context.workstation),
      procedure: rules.procedures.get(top) ?? null,
      calendar: rules.calendars.get(top)?.state ?? null,
    };
  }),
  provisional: os.procedures.provisional.handler(({ context }) => provisional(context)),
};
