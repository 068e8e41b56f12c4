import { os } from '../kernel/implementer.ts';
import { loadState } from '../kernel/store/index.ts';

export const disclosures = {
  get: os.disclosures.get.handler(async ({ context, input }) => {
    const state = await loadState(context.workstation.store.read, 'disclosure', input.id);
    if (!state) return null;
    const { latest, count, reads } = state;
    return { latest, count, ...(reads ? { reads } : {}) };
  }),
};
