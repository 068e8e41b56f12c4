import { searchRebuild } from '../kernel/store/search-rebuild.ts';
import { requireStaff } from '../kernel/desk.ts';
import { os } from '../kernel/implementer.ts';

/** What search knows of this workstation's records. */
export const search = {
  rebuild: os.search.rebuild.handler(({ context }) => {
    requireStaff(context);
    return searchRebuild(context.desk.store.read);
  }),
};
