import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import { useId } from 'react';
import { useForm, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { ErrorNotice } from '../components/error-notice.tsx';
import { NumberField, SelectField, TextField, type Option } from '../components/field.tsx';
import { showFieldIssues, useSubmit } from '../components/form-errors.ts';
import { LooseIssues } from '../components/issue-notice.tsx';
import { AmountField, DayField } from '../components/typed-field.tsx';
import { amountNeeded, dayIfAny, dayNeeded, textNeeded } from '../components/typed-values.ts';
import { useEventId } from '../components/use-event-id.ts';
import { RecordField } from './record-field.tsx';

/** What stands in a field of a dialog: typed text, fen, a number, or ids that were chosen. */
export type DialogValues = Record<string, string | number | string[] | null>;

/**
 * One field of a dialog. `record` is one found by typing, `records` are several, `choice` is one of a few; a `note` and an `optional`
 * day may be left out.
 */
export type DialogField = {
  name: string;
  label: string;
  help?: string;
  initial?: string | number | string[];
} & (
  | { kind: 'amount' | 'text' | 'long' | 'note' | 'number' }
  | { kind: 'day'; optional?: boolean }
  | { kind: 'choice' | 'choices'; options: Option[] }
  | { kind: 'record' | 'records'; find: (search: string) => Promise<Option[]> }
);

const SCHEMAS = {
  amount: amountNeeded,
  day: dayNeeded,
  text: textNeeded(160),
  long: textNeeded(1000),
  note: z.string().max(1000, { error: 'too_big' }),
  number: z
    .number()
    .nullable()
    .refine((value) => value !== null, { error: 'required' }),
  choice: z
    .string()
    .nullable()
    .refine((value) => value !== null, { error: 'required' }),
  choices: z.array(z.string()),
  record: z
    .string()
    .nullable()
    .refine((value) => value !== null, { error: 'required' }),
  records: z.array(z.string()),
} as const satisfies Record<DialogField['kind'], z.ZodType>;

const schemaOf = (field: DialogField): z.ZodType =>
  field.kind === 'day' && field.optional ? dayIfAny : SCHEMAS[field.kind];

const emptyOf = ({ kind }: DialogField): string | string[] | null =>
  kind === 'choices' || kind === 'records'
    ? []
    : kind === 'text' || kind === 'long' || kind === 'note'
      ? ''
      : null;

/** A dialog of a few fields, saved under an id of its own. `save` records them; what it refuses stands at its field. */
export function Dialog({
  title,
  text,
  fields,
  save,
  fieldOf = (field) => field.replace(/^action\.payload\./, ''),
  saved = true,
  onClose,
}: {
  title: string;
  text?: string | undefined;
  fields: readonly DialogField[];
  save: (values: DialogValues, eventId: string) => Promise<void>;
  /** Where a field of the contract stands here. */
  fieldOf?: (field: string) => string;
  /** False where nothing is recorded yet. */
  saved?: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('common');
  const { message } = App.useApp();
  const formId = useId();
  const eventId = useEventId();
  const schema = z.object(Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)])));
  const form = useForm<DialogValues>({
    // Built of these very fields.
    resolver: zodResolver(schema as unknown as z.ZodType<DialogValues, DialogValues>, undefined, {
      raw: true,
    }),
    defaultValues: Object.fromEntries(fields.map((field) => [field.name, field.initial ?? emptyOf(field)])),
  });
  const saving = useMutation({
    mutationFn: (values: DialogValues) => save(values, eventId),
    onSuccess: () => {
      onClose();
      if (saved) void message.success(t('savedHere'));
    },
    onError: (error) => showFieldIssues(form, error, fieldOf),
  });
  const { submit, loose } = useSubmit(form, (values) => saving.mutate(values));
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t('action.cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: saving.isPending }}
      onCancel={onClose}
    >
      {text === undefined ? null : <p>{text}</p>}
      {saving.error ? <ErrorNotice error={saving.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={title} onSubmit={(event) => void submit(event)}>
          {fields.map((field) => (
            <Field key={field.name} control={form.control} field={field} />
          ))}
        </form>
      </Form>
    </Modal>
  );
}

const mayBeLeftOut = (field: DialogField): boolean =>
  field.kind === 'choices' ||
  field.kind === 'records' ||
  field.kind === 'note' ||
  (field.kind === 'day' && field.optional === true);

function Field({ control, field }: { control: Control<DialogValues>; field: DialogField }) {
  const shared = {
    control,
    name: field.name,
    label: field.label,
    ...(field.help === undefined ? {} : { help: field.help }),
    required: !mayBeLeftOut(field),
  };
  switch (field.kind) {
    case 'amount':
      return <AmountField {...shared} />;
    case 'day':
      return <DayField {...shared} lean="nearest" />;
    case 'text':
      return <TextField {...shared} />;
    case 'long':
    case 'note':
      return <TextField {...shared} rows={3} />;
    case 'number':
      return <NumberField {...shared} min={0} max={100} />;
    case 'choice':
    case 'choices':
      return <SelectField {...shared} options={field.options} multiple={field.kind === 'choices'} />;
    case 'record':
    case 'records':
      return <RecordField {...shared} find={field.find} multiple={field.kind === 'records'} />;
  }
}
