import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Card, Form } from 'antd';
import { type ReactNode, useEffect, useId, useMemo } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { ChoiceField } from '../kernel/components/choice-field.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { type Option, SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { dayNeeded, textNeeded } from '../kernel/components/typed-values.ts';
import { useEventId } from '../kernel/components/use-event-id.ts';

export type InlineValues = Record<string, string | string[] | null>;

/** One field of the next step's form; which there are may depend on what stands in others. */
export type InlineField = { name: string; label: string; help?: string; initial?: string | string[] } & (
  | { kind: 'text' | 'long' | 'note' | 'day' }
  | { kind: 'choice' | 'select' | 'choices'; options: Option[] }
);

const needed = z
  .string()
  .nullable()
  .refine((value) => value !== null && value !== '', { error: 'required' });

const SCHEMAS = {
  text: textNeeded(200),
  long: textNeeded(1000),
  note: z.string().max(1000, { error: 'too_big' }),
  day: dayNeeded,
  choice: needed,
  select: needed,
  choices: z.array(z.string()).min(1),
} as const satisfies Record<InlineField['kind'], z.ZodType>;

const emptyOf = ({ kind, initial }: InlineField): string | string[] | null => {
  if (initial !== undefined) return initial;
  if (kind === 'choices') return [];
  return kind === 'text' || kind === 'long' || kind === 'note' ? '' : null;
};

/** The form of a step where it is needed, saved under an id of its own. What is refused stands at its field. */
export function InlineForm({
  title,
  fieldsOf,
  save,
  fieldOf,
  onClose,
  children,
}: {
  title: string;
  fieldsOf: (values: InlineValues) => readonly InlineField[];
  save: (values: InlineValues, eventId: string) => Promise<void>;
  /** Where a field of the contract stands here. */
  fieldOf: (field: string) => string;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation('common');
  const { message } = App.useApp();
  const formId = useId();
  const eventId = useEventId();
  const initial = useMemo(
    () => Object.fromEntries(fieldsOf({}).map((field) => [field.name, emptyOf(field)])),
    [fieldsOf],
  );
  const form = useForm<InlineValues>({
    resolver: (values, context, options) => {
      const schema = z.object(
        Object.fromEntries(fieldsOf(values).map((field) => [field.name, SCHEMAS[field.kind]])),
      );
      // Built of these very fields.
      const resolve = zodResolver(schema as unknown as z.ZodType<InlineValues, InlineValues>, undefined, {
        raw: true,
      });
      return resolve(values, context, options);
    },
    defaultValues: initial,
  });
  const fields = fieldsOf({ ...initial, ...useWatch({ control: form.control }) } as InlineValues);
  const saving = useMutation({
    mutationFn: (values: InlineValues) => save(values, eventId),
    onSuccess: () => {
      onClose();
      void message.success(t('savedHere'));
    },
    onError: (error) => showFieldIssues(form, error, fieldOf),
  });
  const { submit, loose } = useSubmit(form, (values) => saving.mutate(values));
  useEffect(() => {
    // Whoever opened it goes on typing in its first field.
    document.getElementById(formId)?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [formId]);
  return (
    <Card size="small" title={<h2>{title}</h2>}>
      {saving.error ? <ErrorNotice error={saving.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} data-primary noValidate aria-label={title} onSubmit={(event) => void submit(event)}>
          {fields.map((field) => {
            const shared = {
              control: form.control,
              name: field.name,
              label: field.label,
              required: field.kind !== 'note',
              ...(field.help === undefined ? {} : { help: field.help }),
            };
            switch (field.kind) {
              case 'text':
                return <TextField key={field.name} {...shared} />;
              case 'long':
              case 'note':
                return <TextField key={field.name} {...shared} rows={3} />;
              case 'day':
                return <DayField key={field.name} {...shared} lean="nearest" />;
              case 'choice':
                return <ChoiceField key={field.name} {...shared} options={field.options} />;
              case 'select':
              case 'choices':
                return (
                  <SelectField
                    key={field.name}
                    {...shared}
                    options={field.options}
                    multiple={field.kind === 'choices'}
                  />
                );
            }
          })}
          {children}
          <div className="heshi-row">
            <Button type="primary" htmlType="submit" loading={saving.isPending}>
              {title}
            </Button>
            <Button onClick={onClose}>{t('action.cancel')}</Button>
          </div>
        </form>
      </Form>
    </Card>
  );
}
