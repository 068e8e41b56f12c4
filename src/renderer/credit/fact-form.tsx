import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Modal } from 'antd';
import { useId, useState } from 'react';
import { type Control, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { CreditDetail, CreditFact } from '../../contract/workstation/credit.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { NumberField, SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { useEventId } from '../kernel/components/use-event-id.ts';
import { useToday } from '../kernel/kit/now.tsx';
import {
  FACT_FIELDS,
  type FactField,
  type FactType,
  type FactValues,
  payloadOf,
  schemaOf,
  startingValues,
} from './fact-fields.ts';
import { useCreditWords } from './words.ts';

type Props = {
  credit: CreditDetail;
  type: FactType;
  /** What of the fact is known from where the form is opened. */
  of: Readonly<Record<string, string>>;
};

/** A button that opens the form of a fact. */
export function FactButton({ primary, ...props }: Props & { primary?: boolean }) {
  const { t } = useTranslation('credit');
  const [opened, setOpened] = useState(0);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        type={primary ? 'primary' : 'default'}
        onClick={() => {
          setOpened((count) => count + 1);
          setOpen(true);
        }}
      >
        {t(`action.${props.type}`)}
      </Button>
      {open ? <FactForm key={opened} {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function FactForm({ credit, type, of, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation('credit');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const formId = useId();
  const eventId = useEventId();
  const today = useToday();
  const fields = FACT_FIELDS[type];
  const form = useForm<FactValues>({
    resolver: zodResolver(schemaOf(fields), undefined, { raw: true }),
    defaultValues: startingValues(fields, today),
    mode: 'onTouched',
  });
  const queryKey = ['credits', 'get', credit.merchantId];
  const save = useMutation({
    mutationFn: (values: FactValues) =>
      api.credits.record({
        id: credit.merchantId,
        revision: credit.state?.revision ?? 0,
        eventId,
        // The workstation reads it by its schema and answers with every field that is wrong.
        fact: { type, payload: { ...of, ...payloadOf(fields, values) } } as unknown as CreditFact,
      }),
    onSuccess: (next) => {
      queries.setQueryData(queryKey, next);
      onClose();
      void message.success(t('saved'));
    },
    onError: (error) => {
      if (asApiError(error).code === 'CONFLICT') void queries.invalidateQueries({ queryKey });
      showFieldIssues(form, error, (field) => field.replace(/^fact\.payload\./, ''));
    },
  });
  const { submit, loose } = useSubmit(form, (values) => save.mutate(values));
  const title = t(`action.${type}`);
  return (
    <Modal
      open
      onCancel={onClose}
      title={title}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: save.isPending }}
    >
      {type === 'override-confirmed' ? <p>{t('confirmText')}</p> : null}
      {save.error ? <ErrorNotice error={save.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={title} onSubmit={(event) => void submit(event)}>
          {fields.map((field) => (
            <Field key={field.name} field={field} control={form.control} credit={credit} />
          ))}
        </form>
      </Form>
    </Modal>
  );
}

function Field({
  field,
  control,
  credit,
}: {
  field: FactField;
  control: Control<FactValues>;
  credit: CreditDetail;
}) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  const shared = { control, name: field.name, label: t(`field.${field.label}`) };
  switch (field.kind) {
    case 'text':
      return <TextField {...shared} required={field.needed} />;
    case 'long':
      return <TextField {...shared} required={field.needed} rows={3} />;
    case 'day':
      return <DayField {...shared} required={field.needed} lean="nearest" />;
    case 'count':
      return <NumberField {...shared} required min={field.least} max={10_000} />;
    case 'choice':
      return (
        <SelectField
          {...shared}
          required
          options={field.choices.map((value) => ({ value, label: t(`choice.${value}`) }))}
        />
      );
    case 'grade':
      return (
        <SelectField
          {...shared}
          required
          options={(credit.policy?.scale.grades ?? []).map(({ code }) => ({
            value: code,
            label: words.grade(code),
          }))}
        />
      );
    case 'facts':
      return (
        <SelectField
          {...shared}
          multiple
          options={(credit.state?.grade?.reasons ?? []).flatMap(({ code, facts }) =>
            facts.map((factId) => {
              const seen = credit.facts.find((one) => one.factId === factId);
              const where = seen ? ` · ${seen.title} · ${businessDay(seen.at)}` : '';
              return { value: factId, label: `${words.indicator(code)}${where}` };
            }),
          )}
        />
      );
  }
}
