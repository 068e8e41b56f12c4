import { administratorOs } from '../kernel/http/implementer.ts';
import {
  addAdministrator,
  listActs,
  listAdministrators,
  replaceToken,
  revokeAdministrator,
} from './accounts.ts';

/** Who administers, and what they did. */
export const administratorHandlers = {
  add: administratorOs.admin.administrators.add.handler(({ context, input }) =>
    addAdministrator(context.database, input, context.administrator.name, context.clock()),
  ),
  list: administratorOs.admin.administrators.list.handler(({ context }) =>
    listAdministrators(context.database),
  ),
  replace: administratorOs.admin.administrators.replace.handler(({ context, input }) =>
    replaceToken(context.database, context.administrator, input.until, context.clock()),
  ),
  revoke: administratorOs.admin.administrators.revoke.handler(async ({ context, input }) => {
    await revokeAdministrator(context.database, input.tokenId, context.administrator.name, context.clock());
    return { ok: true as const };
  }),
  acts: administratorOs.admin.administrators.acts.handler(async ({ context, input }) => ({
    acts: await listActs(context.database, input.limit),
  })),
};
