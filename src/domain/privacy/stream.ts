import { ERASURE } from '../kernel/event/erasure.ts';
import { defineStream } from '../kernel/event/stream.ts';
import { recordsOfPrivacy, refusalOfPrivacy } from './admission.ts';
import { privacyDeltas } from './deltas.ts';
import { privacySchemas } from './events.ts';
import { applyPrivacy, privacySight } from './privacy.ts';
import { PRIVACY_TASKS, privacyTasks } from './tasks.ts';

/** A consumer's request about the data held of them. */
export const privacyStream = defineStream({
  kind: 'privacy',
  schemas: privacySchemas,
  names: { 'privacy-requested': ['requester.name'] },
  apply: applyPrivacy,
  admission: { people: () => [], records: recordsOfPrivacy, refusal: refusalOfPrivacy },
  sight: privacySight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: privacyDeltas,
  tasks: { kinds: PRIVACY_TASKS, of: privacyTasks },
  title: (state) => state.number,
  search: {
    fields: ({ requester, number, records }) => ({
      texts: [requester.name],
      phones: [requester.phone],
      numbers: [number, ...records.map((one) => one.number)],
    }),
    changedBy: [ERASURE],
  },
  numberLetter: 'P',
  consumer: null,
});
