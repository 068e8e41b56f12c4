import { ERASURE } from '../kernel/event/erasure.ts';
import { defineStream } from '../kernel/event/stream.ts';
import { peopleNamed, refusalOfCaseFact } from './admission.ts';
import { caseDeltas } from './deltas.ts';
import { caseSchemas } from './events.ts';
import { applyCase } from './reducer.ts';
import { caseSight } from './sight.ts';
import { CASE_TASKS, caseTasks } from './tasks.ts';

/** A complaint on its way through mediation. */
export const caseStream = defineStream({
  kind: 'case',
  schemas: caseSchemas,
  names: {
    'case-registered': ['consumer.name', 'merchant.name', 'merchant.contact'],
    'case-corrected': ['consumerName', 'merchantName', 'merchantContact'],
    'case-imported': ['consumerName', 'merchantName'],
    'agent-appointed': ['name'],
    'mediator-challenged': ['mediator'],
    'challenge-decided': ['successor'],
    'session-recorded': ['mediator'],
  },
  apply: applyCase,
  admission: { people: peopleNamed, records: () => [], refusal: refusalOfCaseFact },
  sight: caseSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: caseDeltas,
  tasks: { kinds: CASE_TASKS, of: caseTasks },
  title: (state) => state.number,
  search: {
    fields: (state) => ({
      // An amount is remembered as it is said: 1280, or 1280.5.
      texts: [
        state.consumer.name,
        state.merchant.name,
        ...(state.amountFen === null ? [] : [String(state.amountFen / 100)]),
      ],
      phones: [state.consumer.phone, state.merchant.phone ?? ''].filter((phone) => phone !== ''),
      numbers: [state.number],
    }),
    changedBy: ['case-corrected', ERASURE],
  },
  numberLetter: '',
  consumer: {
    of: (state) => ({
      unitPath: state.registeredPath,
      at: state.registeredAt,
      phone: state.consumer.phone,
    }),
    changedBy: ['case-registered', 'case-imported', 'case-corrected'],
  },
});
