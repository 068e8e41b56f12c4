import type { CentreLink } from '../kernel/sync/centre-link.ts';
import type { CallContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';

function linkOf({ workstation }: CallContext): CentreLink {
  const link = workstation.link();
  if (link === null) throw serviceError('NOT_ENROLLED');
  return link;
}

/** The workstations a supervisor answers for: asked of the centre each time, since a copy would only mislead. */
export const fleet = {
  list: os.fleet.list.handler(({ context, input }) => {
    const under = input.under ?? context.staff.unitPath;
    return linkOf(context).call((client) => client.fleet.list({ under }));
  }),
  resync: os.fleet.resync.handler(async ({ context, input }) => {
    const { staffId } = context.staff;
    await linkOf(context).call((client) => client.fleet.resync({ ...input, staffId }));
    return { ok: true as const };
  }),
};
