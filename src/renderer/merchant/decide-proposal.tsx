import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import type { PromiseProposal } from '../../domain/merchant/commitments.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { dayNeeded, textNeeded } from '../kernel/components/typed-values.ts';
import { useEventId } from '../kernel/components/use-event-id.ts';
import { useToday } from '../kernel/kit/now.tsx';
import { PromiseTermsList } from './promise-terms.tsx';
import { useChanged } from './use-changed.ts';

type Props = { merchant: MerchantDetail; proposal: PromiseProposal; onClose: () => void };

const Confirmed = z.object({ effectiveFrom: dayNeeded });
type Confirmed = z.input<typeof Confirmed>;

/** The operator confirms what the merchant proposes, public from a day. */
export function ConfirmForm({ merchant: { state }, proposal, onClose }: Props) {
  const { t } = useTranslation('merchants');
  const { message } = App.useApp();
  const formId = useId();
  const changed = useChanged(state.id);
  const eventId = useEventId();
  const today = useToday();
  const form = useForm<Confirmed>({
    resolver: zodResolver(Confirmed, undefined, { raw: true }),
    defaultValues: { effectiveFrom: proposal.effectiveFrom > today ? proposal.effectiveFrom : today },
  });
  const confirm = useMutation({
    mutationFn: ({ effectiveFrom }: Confirmed) =>
      api.merchants.confirmProposal({
        id: state.id,
        revision: state.revision,
        eventId,
        commitmentId: proposal.commitmentId,
        effectiveFrom: effectiveFrom ?? '',
      }),
    onSuccess: (next) => {
      changed.saved(next);
      onClose();
      void message.success(t('confirm.saved'));
    },
    onError: (error) => {
      changed.refused(error);
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => confirm.mutate(values));
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('confirm.title')}
      okText={t('confirm.save')}
      cancelText={t('form.cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: confirm.isPending }}
    >
      <strong>{t('page.days', { days: proposal.windowDays })}</strong>
      <PromiseTermsList terms={{ ...proposal, windowStartsNextDay: proposal.startRule !== 'purchase-day' }} />
      <p>{t('confirm.text')}</p>
      {confirm.error ? <ErrorNotice error={confirm.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={t('confirm.title')} onSubmit={(event) => void submit(event)}>
          <DayField
            control={form.control}
            name="effectiveFrom"
            label={t('confirm.effectiveFrom')}
            lean="nearest"
            required
          />
        </form>
      </Form>
    </Modal>
  );
}

const Refused = z.object({ reason: textNeeded(500) });
type Refused = z.input<typeof Refused>;

/** The operator does not confirm it, and says why. */
export function RefuseProposalForm({ merchant: { state }, proposal, onClose }: Props) {
  const { t } = useTranslation('merchants');
  const { message } = App.useApp();
  const formId = useId();
  const changed = useChanged(state.id);
  const eventId = useEventId();
  const form = useForm<Refused>({
    resolver: zodResolver(Refused, undefined, { raw: true }),
    defaultValues: { reason: '' },
  });
  const refuse = useMutation({
    mutationFn: ({ reason }: Refused) =>
      api.merchants.refuseProposal({
        id: state.id,
        revision: state.revision,
        eventId,
        commitmentId: proposal.commitmentId,
        reason,
      }),
    onSuccess: (next) => {
      changed.saved(next);
      onClose();
      void message.success(t('refuseProposal.saved'));
    },
    onError: (error) => {
      changed.refused(error);
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => refuse.mutate(values));
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('refuseProposal.title')}
      okText={t('refuseProposal.save')}
      cancelText={t('form.cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, danger: true, loading: refuse.isPending }}
    >
      {refuse.error ? <ErrorNotice error={refuse.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form
          id={formId}
          noValidate
          aria-label={t('refuseProposal.title')}
          onSubmit={(event) => void submit(event)}
        >
          <TextField
            control={form.control}
            name="reason"
            label={t('refuseProposal.reason')}
            help={t('refuseProposal.reasonHint')}
            rows={3}
            required
          />
        </form>
      </Form>
    </Modal>
  );
}
