import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'sync'> = {
  sync: {
    status: undefined,
    watch: undefined,
    now: undefined,
    attention: undefined,
    dismiss: { eventId: id },
    noteDamage: undefined,
  },
};
