import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../contract/workstation/case.ts';
import { useRules } from '../../kernel/app/rules.tsx';
import { useCodeWords } from '../../kernel/components/code-words.ts';
import { SelectField, TextField, type FieldProps, type FormValues } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { ReasonField } from './step-fields.tsx';

// How a case ends without an agreement.

/** A ground from the procedure under which the case began. */
function GroundField<Values extends FormValues>({
  detail,
  list,
  ...props
}: Pick<FieldProps<Values>, 'control' | 'name'> & {
  detail: CaseDetail;
  list: 'refusalGrounds' | 'terminationGrounds';
}) {
  const { t } = useTranslation('cases');
  const codes = useCodeWords(useRules().of(detail.state.procedure));
  return <SelectField label={t('field.ground')} required options={codes.options(list)} {...props} />;
}

function RefuseFields({ control, detail }: FieldsOf<'case-refused'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <GroundField control={control} name="ground" detail={detail} list="refusalGrounds" />
      <TextField control={control} name="text" label={t('field.text')} rows={3} required />
    </>
  );
}

export const refuse = defineStep({
  type: 'case-refused',
  group: 'course',
  defaults: () => ({ ground: null, text: '' }),
  Fields: RefuseFields,
  payload: (values) => values,
});

function TerminateFields({ control, detail }: FieldsOf<'mediation-terminated'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <GroundField control={control} name="ground" detail={detail} list="terminationGrounds" />
      <TextField control={control} name="text" label={t('field.text')} rows={3} required />
    </>
  );
}

export const terminate = defineStep({
  type: 'mediation-terminated',
  group: 'course',
  defaults: () => ({ ground: null, text: '' }),
  Fields: TerminateFields,
  payload: (values) => values,
});

function EndFields({ control }: FieldsOf<'mediation-failed' | 'case-withdrawn'>) {
  return <ReasonField control={control} name="reason" />;
}

export const fail = defineStep({
  type: 'mediation-failed',
  group: 'course',
  defaults: () => ({ reason: '' }),
  Fields: EndFields,
  payload: (values) => values,
});

export const withdraw = defineStep({
  type: 'case-withdrawn',
  group: 'course',
  defaults: () => ({ reason: '' }),
  Fields: EndFields,
  payload: (values) => values,
});
