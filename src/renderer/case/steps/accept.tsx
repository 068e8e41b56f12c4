import { defineStep, type FieldsOf } from './define-step.tsx';
import { NoteField } from './step-fields.tsx';

function Fields({ control }: FieldsOf<'case-accepted'>) {
  return <NoteField control={control} name="note" />;
}

export const accept = defineStep({
  type: 'case-accepted',
  group: 'course',
  likely: 10,
  defaults: () => ({ note: '' }),
  Fields,
  payload: (values) => values,
});
