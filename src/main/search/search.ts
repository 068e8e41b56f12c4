import { searchRebuild } from '../kernel/store/search-rebuild.ts';
import { os } from '../kernel/implementer.ts';

/** What search knows of this workstation's records. */
export const search = {
  rebuild: os.search.rebuild.handler(({ context }) => {
    return searchRebuild(context.workstation.store.read);
  }),
};
