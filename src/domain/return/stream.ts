import { ERASURE } from '../kernel/event/erasure.ts';
import { defineStream } from '../kernel/event/stream.ts';
import { refusalOfReturnFact } from './admission.ts';
import { returnDeltas } from './deltas.ts';
import { returnSchemas } from './events.ts';
import { applyReturn, returnSight } from './reducer.ts';
import { RETURN_TASKS, returnTasks } from './tasks.ts';

/** An offline return without a reason. */
export const returnStream = defineStream({
  kind: 'return',
  schemas: returnSchemas,
  names: { 'return-requested': ['consumer.name', 'merchantName'] },
  apply: applyReturn,
  admission: { people: () => [], records: () => [], refusal: refusalOfReturnFact },
  sight: returnSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: returnDeltas,
  tasks: { kinds: RETURN_TASKS, of: returnTasks },
  title: (state) => state.number,
  search: {
    fields: (state) => ({
      texts: [state.consumer.name, state.merchantName, state.request.goodsName],
      phones: state.consumer.phone === null ? [] : [state.consumer.phone],
      numbers: [state.number, ...(state.request.proofNumber ? [state.request.proofNumber] : [])],
    }),
    changedBy: [ERASURE],
  },
  numberLetter: 'R',
  consumer: {
    of: (state) => ({ unitPath: state.unitPath, at: state.requestedAt, phone: state.consumer.phone }),
    changedBy: ['return-requested'],
  },
});
