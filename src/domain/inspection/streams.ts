import { refusalIfOutside } from '../kernel/event/admission.ts';
import { defineStream } from '../kernel/event/stream.ts';
import { recordsOfDraw, refusalOfDraw, refusalUnlessRegulator } from './admission.ts';
import { applyAttention, attentionSchemas, attentionSight } from './attention.ts';
import { applyCommendation, commendationSchemas, commendationSight } from './commendation.ts';
import { attentionDeltas, guidanceDeltas, inspectionDeltas } from './deltas.ts';
import { guidanceSchemas, inspectionSchemas } from './events.ts';
import { applyGuidance, guidanceSight } from './guidance.ts';
import { applyInspection, inspectionSight } from './inspection.ts';
import {
  ATTENTION_TASKS,
  attentionTasks,
  GUIDANCE_TASKS,
  guidanceTasks,
  INSPECTION_TASKS,
  inspectionTasks,
} from './tasks.ts';
import { applyPlan, planSchemas } from './published-plan.ts';

/** What the streams of inspection have in common: workstations write them, and nobody looks for them by words. */
const RECORD = {
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  search: null,
  numberLetter: null,
  consumer: null,
} as const;

const byRegulator = { people: () => [], records: () => [], refusal: refusalUnlessRegulator } as const;

/** Which share of each grade is inspected, in published versions. */
export const inspectionPlanStream = defineStream({
  ...RECORD,
  kind: 'inspection-plan',
  schemas: planSchemas,
  names: null,
  apply: applyPlan,
  admission: byRegulator,
  sight: (state) => [state.unitPath],
  deltas: null,
  tasks: null,
  title: (state) => state.id,
});

/** A draw of merchants to be inspected. */
export const inspectionStream = defineStream({
  ...RECORD,
  kind: 'inspection',
  schemas: inspectionSchemas,
  names: null,
  apply: applyInspection,
  admission: { people: () => [], records: recordsOfDraw, refusal: refusalOfDraw },
  sight: inspectionSight,
  deltas: inspectionDeltas,
  tasks: { kinds: INSPECTION_TASKS, of: inspectionTasks },
  title: (state) => `${state.day} ${state.unitPath}`,
});

/** Advice to a merchant by appointment. */
export const guidanceStream = defineStream({
  ...RECORD,
  kind: 'guidance',
  schemas: guidanceSchemas,
  names: { 'guidance-held': ['officer'], 'guidance-slot-chosen': ['contact'] },
  apply: applyGuidance,
  admission: {
    people: () => [],
    records: () => [],
    // The merchant's people choose the time; all else is the officer's.
    refusal: (before, fact, after, context) =>
      fact.type === 'guidance-slot-chosen' ? null : refusalUnlessRegulator(before, fact, after, context),
  },
  sight: guidanceSight,
  deltas: guidanceDeltas,
  tasks: { kinds: GUIDANCE_TASKS, of: guidanceTasks },
  title: (state) => state.merchantName,
});

/** A list of merchants that are commended. */
export const commendationStream = defineStream({
  ...RECORD,
  kind: 'commendation',
  schemas: commendationSchemas,
  names: null,
  apply: applyCommendation,
  admission: byRegulator,
  sight: commendationSight,
  deltas: null,
  tasks: null,
  title: (state) => `${state.month} ${state.unitPath}`,
});

/** A list of merchants with repeated disputes, given to a unit to act upon. */
export const attentionStream = defineStream({
  ...RECORD,
  kind: 'attention',
  schemas: attentionSchemas,
  names: null,
  apply: applyAttention,
  admission: {
    people: () => [],
    records: () => [],
    refusal: (before, _fact, { ownerPath }, context) =>
      before === undefined ? refusalIfOutside(ownerPath, 'ownerPath', context) : null,
  },
  sight: attentionSight,
  deltas: attentionDeltas,
  tasks: { kinds: ATTENTION_TASKS, of: attentionTasks },
  title: (state) => state.text,
});
