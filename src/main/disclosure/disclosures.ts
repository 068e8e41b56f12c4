import { os } from '../kernel/implementer.ts';
import { loadState } from '../kernel/store/index.ts';

export const disclosures = {
  get: os.disclosures.get.handler(async ({ context, input }) => {
    const state = await loadState(context.workstation.store.read, 'disclosure', input.id);
    return state ? { latest: state.latest, count: state.count } : null;
  }),
};
