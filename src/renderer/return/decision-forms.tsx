import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { ReturnDecision, ReturnDetail } from '../../contract/workstation/return.ts';
import { refundDue } from '../../domain/return/eligibility.ts';
import { RefundRoute, ReturnRefusalGround, returnSchemas } from '../../domain/return/events.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { yuan } from '../kernel/components/money.tsx';
import { AmountField, DayField } from '../kernel/components/typed-field.tsx';
import { amountNeeded, chosen, dayNeeded, textNeeded } from '../kernel/components/typed-values.ts';
import { useDraft } from '../kernel/components/use-draft.tsx';
import { useEventId } from '../kernel/components/use-event-id.ts';
import { ChoiceField } from '../kernel/components/choice-field.tsx';
import { suggestedGround, useReasonWords, type Reason } from './reason-words.ts';
import { useToday } from '../kernel/kit/now.tsx';

/** Saves a decision on the return as it was seen; what was decided meanwhile elsewhere comes back as a conflict. */
export function useDecide(detail: ReturnDetail) {
  const queries = useQueryClient();
  const { id, revision } = detail.state;
  return useMutation({
    mutationFn: ({ eventId, ...decision }: ReturnDecision & { eventId: string }) =>
      api.returns.decide({ id, revision, eventId, decision }),
    onSuccess: (next) => {
      queries.setQueryData(['returns', 'get', id], next);
      void queries.invalidateQueries({ queryKey: ['returns', 'list'] });
      void queries.invalidateQueries({ queryKey: ['merchants'] });
      void queries.invalidateQueries({ queryKey: ['today'] });
    },
    onError: (error) => {
      if (asApiError(error).code === 'CONFLICT') {
        void queries.invalidateQueries({ queryKey: ['returns', 'get', id] });
      }
    },
  });
}

type Props = { detail: ReturnDetail; open: boolean; onClose: () => void };

/** What a kept gift takes off the refund. */
const deduction = ({ state: { request } }: ReturnDetail): number => request.amountFen - refundDue(request);

export function GrantForm({ detail, open, onClose }: Props) {
  const { t } = useTranslation('returns');
  const { message } = App.useApp();
  const formId = useId();
  const today = useToday();
  const { amountFen } = detail.state.request;
  const Values = z.object({
    refundFen: amountNeeded.refine((value) => typeof value !== 'number' || value <= amountFen, {
      error: 'refund-above-price',
    }),
    route: RefundRoute,
    refundedOn: dayNeeded,
  });
  const form = useForm<z.input<typeof Values>>({
    resolver: zodResolver(Values, undefined, { raw: true }),
    defaultValues: {
      refundFen: refundDue(detail.state.request),
      route: 'original',
      refundedOn: today,
    },
  });
  const decide = useDecide(detail);
  const eventId = useEventId();
  const { submit, loose } = useSubmit(form, (values) =>
    decide.mutate(
      { eventId, decision: 'grant', payload: returnSchemas['return-granted@1'].parse(values) },
      {
        onSuccess: () => {
          onClose();
          void message.success(t('grant.saved'));
        },
        onError: (error) => showFieldIssues(form, error),
      },
    ),
  );
  return (
    <Modal
      open={open}
      title={t('grant.title')}
      okText={t('grant.save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: decide.isPending }}
      onCancel={onClose}
      forceRender
    >
      {decide.error ? <ErrorNotice error={decide.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={t('grant.title')} onSubmit={(event) => void submit(event)}>
          <AmountField
            control={form.control}
            name="refundFen"
            label={t('grant.refund')}
            help={
              deduction(detail) > 0
                ? t('grant.giftDeducted', { price: yuan(deduction(detail)) })
                : t('grant.refundHint', { amount: yuan(amountFen) })
            }
            required
          />
          <ChoiceField
            control={form.control}
            name="route"
            label={t('grant.route')}
            options={RefundRoute.options.map((value) => ({ value, label: t(`route.${value}`) }))}
            required
          />
          <DayField
            control={form.control}
            name="refundedOn"
            label={t('grant.refundedOn')}
            lean="nearest"
            required
          />
        </form>
      </Form>
    </Modal>
  );
}

const RefuseValues = z.object({ ground: chosen(ReturnRefusalGround), text: textNeeded(1000) });
type RefuseValues = z.input<typeof RefuseValues>;

export function RefuseForm({ detail, reasons, open, onClose }: Props & { reasons: readonly Reason[] }) {
  const { t } = useTranslation('returns');
  const { message } = App.useApp();
  const formId = useId();
  const words = useReasonWords();
  const against = reasons.filter((one) => one.outcome === 'fail');
  const form = useForm<RefuseValues>({
    resolver: zodResolver(RefuseValues, undefined, { raw: true }),
    defaultValues: {
      ground: suggestedGround(reasons),
      text: against
        .map((one) => words(one).text)
        .reduce((first, second) => (first === '' ? second : t('sentences', { first, second })), ''),
    },
  });
  const draft = useDraft(`return-refused:${detail.state.id}`, t('refuse.title'), form);
  const decide = useDecide(detail);
  const { submit, loose } = useSubmit(form, (values) =>
    decide.mutate(
      { eventId: draft.id, decision: 'refuse', payload: returnSchemas['return-refused@1'].parse(values) },
      {
        onSuccess: () => {
          void draft.discard();
          onClose();
          void message.success(t('refuse.saved'));
        },
        onError: (error) => showFieldIssues(form, error),
      },
    ),
  );
  return (
    <Modal
      open={open}
      title={t('refuse.title')}
      okText={t('refuse.save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: decide.isPending, danger: true }}
      onCancel={onClose}
      forceRender
    >
      {decide.error ? <ErrorNotice error={decide.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={t('refuse.title')} onSubmit={(event) => void submit(event)}>
          <SelectField
            control={form.control}
            name="ground"
            label={t('refuse.ground')}
            options={ReturnRefusalGround.options.map((value) => ({ value, label: t(`ground.${value}`) }))}
            required
          />
          <TextField
            control={form.control}
            name="text"
            label={t('refuse.text')}
            help={t('refuse.textHint')}
            rows={4}
            required
          />
        </form>
      </Form>
    </Modal>
  );
}
