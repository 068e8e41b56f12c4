import { ERASURE } from '../kernel/event/erasure.ts';
import { defineStream } from '../kernel/event/stream.ts';
import { recordsOfRestoration, refusalOfRestoration } from './admission.ts';
import { restorationDeltas } from './deltas.ts';
import { restorationSchemas } from './events.ts';
import { applyRestoration, restorationSight } from './restoration.ts';
import { RESTORATION_TASKS, restorationTasks } from './tasks.ts';

/** An application for credit repair, about one or more records of a merchant. */
export const restorationStream = defineStream({
  kind: 'restoration',
  schemas: restorationSchemas,
  names: { 'restoration-filed': ['merchantName', 'representative.name', 'handler.name'] },
  apply: applyRestoration,
  admission: { people: () => [], records: recordsOfRestoration, refusal: refusalOfRestoration },
  sight: restorationSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: restorationDeltas,
  tasks: { kinds: RESTORATION_TASKS, of: restorationTasks },
  title: (state) => state.number,
  search: {
    fields: ({ number, merchantName, creditCode, handler, matters }) => ({
      texts: [merchantName, handler.name],
      phones: [handler.phone],
      numbers: [number, ...(creditCode === null ? [] : [creditCode]), ...matters.map((one) => one.number)],
    }),
    changedBy: [ERASURE],
  },
  numberLetter: 'X',
  consumer: null,
});
