import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { CirclePublication } from '../../contract/workstation/public.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { textNeeded } from '../kernel/components/typed-values.ts';
import { useEventId } from '../kernel/components/use-event-id.ts';

const Values = z.object({ reason: textNeeded(500) });
type Values = z.input<typeof Values>;

/** Decides the other way round, with the reason that stands beside it. */
export function DecideForm({ circle, onClose }: { circle: CirclePublication; onClose: () => void }) {
  const { t } = useTranslation('publication');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const formId = useId();
  const eventId = useEventId();
  const { path, name, grades, revision } = circle;
  const form = useForm<Values>({
    resolver: zodResolver(Values, undefined, { raw: true }),
    defaultValues: { reason: '' },
  });
  const decide = useMutation({
    mutationFn: ({ reason }: Values) =>
      api.publication.decide({ circlePath: path, grades: !grades, reason, revision, eventId }),
    onSuccess: (next) => {
      queries.setQueryData(['publication'], next);
      onClose();
      void message.success(t('saved'));
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: ['publication'] });
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => decide.mutate(values));
  const title = t(grades ? 'hideTitle' : 'showTitle', { name });
  return (
    <Modal
      open
      onCancel={onClose}
      title={title}
      okText={t(grades ? 'hide' : 'show')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, danger: grades, loading: decide.isPending }}
    >
      <p>{t(grades ? 'hideText' : 'showText')}</p>
      {decide.error ? <ErrorNotice error={decide.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={title} onSubmit={(event) => void submit(event)}>
          <TextField control={form.control} name="reason" label={t('reason')} rows={3} required />
        </form>
      </Form>
    </Modal>
  );
}
