import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import type { MerchantCommitment } from '../../domain/merchant/commitments.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { dayNeeded } from '../kernel/components/typed-values.ts';
import { useEventId } from '../kernel/components/use-event-id.ts';
import { useToday } from '../kernel/kit/now.tsx';
import { useChanged } from './use-changed.ts';

type Props = { merchant: MerchantDetail; open: boolean; onClose: () => void };

const EndValues = z.object({ effectiveTo: dayNeeded });
type EndValues = z.input<typeof EndValues>;

/** Ends a promise from a day on, which is said some days before. */
export function EndForm({
  merchant: { state, noticeDays },
  commitment,
  open,
  onClose,
}: Props & { commitment: MerchantCommitment }) {
  const { t } = useTranslation('merchants');
  const { message } = App.useApp();
  const formId = useId();
  const changed = useChanged(state.id);
  const eventId = useEventId();
  const today = useToday();
  const form = useForm<EndValues>({
    resolver: zodResolver(EndValues, undefined, { raw: true }),
    defaultValues: { effectiveTo: shiftDay(today, noticeDays) },
  });
  const end = useMutation({
    mutationFn: ({ effectiveTo }: EndValues) =>
      api.merchants.endCommitment({
        id: state.id,
        revision: state.revision,
        eventId,
        commitmentId: commitment.commitmentId,
        effectiveTo: effectiveTo ?? '',
      }),
    onSuccess: (next) => {
      changed.saved(next);
      onClose();
      void message.success(t('end.saved'));
    },
    onError: (error) => {
      changed.refused(error);
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => end.mutate(values));
  const title = t('end.title', { version: commitment.version });
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={title}
      okText={t('end.save')}
      cancelText={t('form.cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, danger: true, loading: end.isPending }}
    >
      <p>{t('end.text', { days: noticeDays })}</p>
      {end.error ? <ErrorNotice error={end.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={title} onSubmit={(event) => void submit(event)}>
          <DayField
            control={form.control}
            name="effectiveTo"
            label={t('end.effectiveTo')}
            lean="nearest"
            required
          />
        </form>
      </Form>
    </Modal>
  );
}
