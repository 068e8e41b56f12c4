import { defineStream } from '../kernel/event/stream.ts';
import { recordsOfLeniency, refusalOfLeniency } from './admission.ts';
import { leniencyDeltas } from './deltas.ts';
import { leniencySchemas } from './events.ts';
import { applyLeniency, leniencySight } from './leniency.ts';
import { LENIENCY_TASKS, leniencyTasks } from './tasks.ts';

/** What was decided by leniency of one merchant and one kind of violation; nothing in it counts in a grade. */
export const leniencyStream = defineStream({
  kind: 'leniency',
  schemas: leniencySchemas,
  names: { 'leniency-decided': ['merchantName'] },
  apply: applyLeniency,
  admission: { people: () => [], records: recordsOfLeniency, refusal: refusalOfLeniency },
  sight: leniencySight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: leniencyDeltas,
  tasks: { kinds: LENIENCY_TASKS, of: leniencyTasks },
  title: (state) => state.merchantName,
  search: null,
  numberLetter: null,
  consumer: null,
});
