import { defineStream } from '../kernel/event/stream.ts';
import { recordsOfSanction, refusalOfSanction } from './admission.ts';
import { sanctionDeltas } from './deltas.ts';
import { sanctionSchemas } from './events.ts';
import { applySanction, sanctionSight } from './sanction.ts';
import { SANCTION_TASKS, sanctionTasks } from './tasks.ts';

/** One published piece of adverse credit information about a merchant. */
export const sanctionStream = defineStream({
  kind: 'sanction',
  schemas: sanctionSchemas,
  names: { 'sanction-recorded': ['merchantName'] },
  apply: applySanction,
  admission: { people: () => [], records: recordsOfSanction, refusal: refusalOfSanction },
  sight: sanctionSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: sanctionDeltas,
  tasks: { kinds: SANCTION_TASKS, of: sanctionTasks },
  title: (state) => `${state.organ} ${state.number}`,
  search: {
    fields: ({ merchantName, organ, number }) => ({
      texts: [merchantName, organ],
      phones: [],
      numbers: [number],
    }),
    changedBy: ['sanction-corrected'],
  },
  numberLetter: null,
  consumer: null,
});
