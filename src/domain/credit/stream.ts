import { defineStream } from '../kernel/event/stream.ts';
import { recordsOfCredit, refusalOfCreditFact } from './admission.ts';
import { creditSchemas, RECORDED_BY_PEOPLE } from './events.ts';
import { applyCredit, creditSight } from './reducer.ts';
import { CREDIT_TASKS, creditTasks } from './tasks.ts';

/** The credit of a merchant: its grades, what was said to them, and what was entered for and against it. */
export const creditStream = defineStream({
  kind: 'credit',
  schemas: creditSchemas,
  names: null,
  apply: applyCredit,
  admission: { people: () => [], records: recordsOfCredit, refusal: refusalOfCreditFact },
  sight: creditSight,
  holdsBelow: null,
  learn: null,
  writtenBy: { centreBut: RECORDED_BY_PEOPLE },
  arrives: 'as-record',
  deltas: null,
  tasks: { kinds: CREDIT_TASKS, of: creditTasks },
  title: (state) => state.id,
  search: null,
  numberLetter: null,
  consumer: null,
});
