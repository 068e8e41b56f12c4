import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { LinkedCase, ReturnDetail } from '../../contract/workstation/return.ts';
import { ReturnConcern, ReturnOutcomeOfCase } from '../../domain/return/events.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { AmountField } from '../kernel/components/typed-field.tsx';
import { amountIfAny, fenOf, textNeeded } from '../kernel/components/typed-values.ts';
import { useEventId } from '../kernel/components/use-event-id.ts';
import { ChoiceField } from '../kernel/components/choice-field.tsx';

type Props = { detail: ReturnDetail; open: boolean; onClose: () => void };

/** What a fact that was saved or refused does to what is on the screen. */
export function useAdded(id: string) {
  const queries = useQueryClient();
  return {
    saved: (next: ReturnDetail): void => {
      queries.setQueryData(['returns', 'get', id], next);
      for (const group of ['cases', 'today', 'deadlines', 'between'])
        void queries.invalidateQueries({ queryKey: [group] });
    },
    refused: (error: unknown): void => {
      if (asApiError(error).code === 'CONFLICT')
        void queries.invalidateQueries({ queryKey: ['returns', 'get', id] });
    },
  };
}

const Resolved = z.object({ outcome: ReturnOutcomeOfCase, agreedFen: amountIfAny });
type Resolved = z.input<typeof Resolved>;

/** Takes over how the case ended: all of it is filled in from the case. */
export function ResolveForm({
  detail: { state },
  end,
  open,
  onClose,
}: Props & { end: NonNullable<LinkedCase['end']> }) {
  const { t } = useTranslation('returns');
  const { message } = App.useApp();
  const formId = useId();
  const eventId = useEventId();
  const added = useAdded(state.id);
  const form = useForm<Resolved>({
    resolver: zodResolver(Resolved, undefined, { raw: true }),
    defaultValues: { outcome: end.outcome, agreedFen: end.agreedFen },
  });
  const resolve = useMutation({
    mutationFn: ({ outcome, agreedFen }: Resolved) =>
      api.returns.resolve({
        id: state.id,
        revision: state.revision,
        eventId,
        caseId: state.caseId ?? '',
        outcome,
        agreedFen: fenOf(agreedFen),
      }),
    onSuccess: (next) => {
      added.saved(next);
      onClose();
      void message.success(t('resolve.saved'));
    },
    onError: (error) => {
      added.refused(error);
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => resolve.mutate(values));
  return (
    <Modal
      open={open}
      title={t('resolve.title')}
      okText={t('resolve.save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: resolve.isPending }}
      onCancel={onClose}
    >
      <p>{t('resolve.text')}</p>
      {resolve.error ? <ErrorNotice error={resolve.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={t('resolve.title')} onSubmit={(event) => void submit(event)}>
          <SelectField
            control={form.control}
            name="outcome"
            label={t('page.resolution')}
            options={ReturnOutcomeOfCase.options.map((value) => ({
              value,
              label: t(`caseOutcome.${value}`),
            }))}
            required
          />
          <AmountField control={form.control} name="agreedFen" label={t('page.agreed')} />
        </form>
      </Form>
    </Modal>
  );
}

const Noted = z.object({ concern: ReturnConcern, facts: textNeeded(1000), evidence: textNeeded(500) });
type Noted = z.input<typeof Noted>;

/** Notes what looks like an abuse, as facts. */
export function NoteForm({ detail: { state }, open, onClose }: Props) {
  const { t } = useTranslation('returns');
  const { message } = App.useApp();
  const formId = useId();
  const eventId = useEventId();
  const added = useAdded(state.id);
  const form = useForm<Noted>({
    resolver: zodResolver(Noted, undefined, { raw: true }),
    defaultValues: { concern: 'other', facts: '', evidence: '' },
  });
  const note = useMutation({
    mutationFn: (values: Noted) =>
      api.returns.note({ id: state.id, revision: state.revision, eventId, ...values }),
    onSuccess: (next) => {
      added.saved(next);
      onClose();
      void message.success(t('note.saved'));
    },
    onError: (error) => {
      added.refused(error);
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => note.mutate(values));
  return (
    <Modal
      open={open}
      title={t('note.title')}
      okText={t('note.save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: note.isPending }}
      onCancel={onClose}
    >
      <p>{t('page.notesHint')}</p>
      {note.error ? <ErrorNotice error={note.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={t('note.title')} onSubmit={(event) => void submit(event)}>
          <ChoiceField
            control={form.control}
            name="concern"
            label={t('note.concern')}
            options={ReturnConcern.options.map((value) => ({ value, label: t(`concern.${value}`) }))}
            required
          />
          <TextField
            control={form.control}
            name="facts"
            label={t('note.facts')}
            help={t('note.factsHint')}
            rows={3}
            required
          />
          <TextField
            control={form.control}
            name="evidence"
            label={t('note.evidence')}
            help={t('note.evidenceHint')}
            required
          />
        </form>
      </Form>
    </Modal>
  );
}
