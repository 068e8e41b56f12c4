import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { App, Card, Form, Modal } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { ReturnDetail } from '../../contract/workstation/return.ts';
import { isSettled } from '../../domain/return/reducer.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { Money, yuan } from '../kernel/components/money.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { dayNeeded, textNeeded } from '../kernel/components/typed-values.ts';
import { useEventId } from '../kernel/components/use-event-id.ts';
import { useToday } from '../kernel/kit/now.tsx';
import { useAdded } from './loop-forms.tsx';

/** What the shop of purchase owes for a return that another shop refunded, and what it paid. */
export function Settlement({ detail: { state } }: { detail: ReturnDetail }) {
  const { t } = useTranslation('returns');
  const settled = isSettled(state);
  return (
    <Card size="small" title={<h2>{t('settle.title')}</h2>}>
      <StatusTag tone={settled ? 'good' : 'warning'}>{t(settled ? 'settle.done' : 'settle.open')}</StatusTag>{' '}
      {t('settle.owes', { from: state.purchasedAt?.name ?? '', to: state.merchantName })}{' '}
      <Money fen={state.refundFen} />
      {(state.settlements ?? []).map(({ paidOn, reference, by, at, undone }) => (
        <p key={at} className="heshi-follows">
          {t('settle.paid', { day: paidOn, reference, by })}
          {undone ? ` · ${t('settle.undone', { day: undone.undoneOn, reason: undone.reason })}` : ''}
        </p>
      ))}
    </Card>
  );
}

type Props = { detail: ReturnDetail; open: boolean; onClose: () => void };

const Settled = z.object({ paidOn: dayNeeded, reference: textNeeded(120) });
type Settled = z.input<typeof Settled>;

/** Records that the shop of purchase has paid. */
export function SettleForm({ detail: { state }, open, onClose }: Props) {
  const { t } = useTranslation('returns');
  const { message } = App.useApp();
  const formId = useId();
  const eventId = useEventId();
  const added = useAdded(state.id);
  const today = useToday();
  const form = useForm<Settled>({
    resolver: zodResolver(Settled, undefined, { raw: true }),
    defaultValues: { paidOn: today, reference: '' },
  });
  const settle = useMutation({
    mutationFn: ({ paidOn, reference }: Settled) =>
      api.returns.settle({
        id: state.id,
        revision: state.revision,
        eventId,
        paidOn: paidOn ?? '',
        reference,
      }),
    onSuccess: (next) => {
      added.saved(next);
      onClose();
      void message.success(t('settle.saved'));
    },
    onError: (error) => {
      added.refused(error);
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => settle.mutate(values));
  return (
    <Modal
      open={open}
      title={t('settle.action')}
      okText={t('settle.save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: settle.isPending }}
      onCancel={onClose}
    >
      <p>
        {t('settle.owes', { from: state.purchasedAt?.name ?? '', to: state.merchantName })}{' '}
        {yuan(state.refundFen ?? 0)}
      </p>
      {settle.error ? <ErrorNotice error={settle.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={t('settle.action')} onSubmit={(event) => void submit(event)}>
          <DayField control={form.control} name="paidOn" label={t('settle.paidOn')} lean="nearest" required />
          <TextField
            control={form.control}
            name="reference"
            label={t('settle.reference')}
            help={t('settle.referenceHint')}
            required
          />
        </form>
      </Form>
    </Modal>
  );
}

const Undone = z.object({ undoneOn: dayNeeded, reason: textNeeded(300) });
type Undone = z.input<typeof Undone>;

/** Takes back a payment that was recorded wrongly. */
export function UnsettleForm({ detail: { state }, open, onClose }: Props) {
  const { t } = useTranslation('returns');
  const { message } = App.useApp();
  const formId = useId();
  const eventId = useEventId();
  const added = useAdded(state.id);
  const today = useToday();
  const form = useForm<Undone>({
    resolver: zodResolver(Undone, undefined, { raw: true }),
    defaultValues: { undoneOn: today, reason: '' },
  });
  const unsettle = useMutation({
    mutationFn: ({ undoneOn, reason }: Undone) =>
      api.returns.unsettle({
        id: state.id,
        revision: state.revision,
        eventId,
        undoneOn: undoneOn ?? '',
        reason,
      }),
    onSuccess: (next) => {
      added.saved(next);
      onClose();
      void message.success(t('unsettle.saved'));
    },
    onError: (error) => {
      added.refused(error);
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => unsettle.mutate(values));
  return (
    <Modal
      open={open}
      title={t('unsettle.action')}
      okText={t('unsettle.save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, danger: true, loading: unsettle.isPending }}
      onCancel={onClose}
    >
      <p>{t('unsettle.text')}</p>
      {unsettle.error ? <ErrorNotice error={unsettle.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form
          id={formId}
          noValidate
          aria-label={t('unsettle.action')}
          onSubmit={(event) => void submit(event)}
        >
          <TextField control={form.control} name="reason" label={t('unsettle.reason')} rows={2} required />
          <DayField
            control={form.control}
            name="undoneOn"
            label={t('unsettle.undoneOn')}
            lean="nearest"
            required
          />
        </form>
      </Form>
    </Modal>
  );
}
