import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import type { ReturnDetail } from '../../contract/workstation/return.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { yuan } from '../kernel/components/money.tsx';
import { PhoneField } from '../kernel/components/typed-field.tsx';
import { phoneIfAny, phoneNeeded, textNeeded } from '../kernel/components/typed-values.ts';
import { useDraft } from '../kernel/components/use-draft.tsx';

const Values = z.object({ consumerPhone: phoneNeeded, facts: textNeeded(4000) });
type Values = z.input<typeof Values>;
/** The number that the return has is shown masked, and goes into the case as it is where no other is typed. */
const KnownValues = Values.extend({ consumerPhone: phoneIfAny });

/** Opens a case from a refused return: only the phone may be missing, the facts are written from the return. */
export function DisputeForm({
  detail,
  open,
  onClose,
}: {
  detail: ReturnDetail;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('returns');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const formId = useId();
  const { state } = detail;
  const overdue = state.status === 'requested';
  const known = state.consumer.phone !== null;
  const form = useForm<Values>({
    resolver: zodResolver(known ? KnownValues : Values, undefined, { raw: true }),
    defaultValues: {
      consumerPhone: '',
      facts: t(overdue ? 'dispute.prefillOverdue' : 'dispute.prefill', {
        consumer: state.consumer.name,
        purchasedOn: state.request.purchasedOn,
        merchant: state.merchantName,
        goods: state.request.goodsName,
        amount: yuan(state.request.amountFen),
        requestedOn: businessDay(state.requestedAt),
        condition: t(`condition.${state.request.condition}`),
        proof: t(`proof.${state.request.proofType}`),
        ground: state.refusal ? t(`ground.${state.refusal.ground}`) : '',
        reason: state.refusal?.text ?? '',
        days: detail.due?.days ?? 0,
      }),
    },
  });
  const draft = useDraft(`return-disputed:${state.id}`, t('dispute.title'), form);
  const dispute = useMutation({
    mutationFn: (values: Values) =>
      api.returns.dispute({
        id: state.id,
        revision: state.revision,
        caseId: draft.id,
        ...(values.consumerPhone ? { consumerPhone: values.consumerPhone } : {}),
        facts: values.facts,
      }),
    onSuccess: async (opened) => {
      await draft.discard();
      for (const group of ['returns', 'cases', 'today', 'merchants']) {
        void queries.invalidateQueries({ queryKey: [group] });
      }
      void message.success(t('dispute.saved', { number: opened.caseNumber }));
      void navigate(`/cases/${opened.caseId}`);
    },
    onError: (error) => {
      if (asApiError(error).code === 'CONFLICT') {
        void queries.invalidateQueries({ queryKey: ['returns', 'get', state.id] });
      }
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => dispute.mutate(values));
  return (
    <Modal
      open={open}
      title={t('dispute.title')}
      width={640}
      okText={t('dispute.save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: dispute.isPending }}
      onCancel={onClose}
      forceRender
    >
      <p>{t(overdue ? 'dispute.textOverdue' : 'dispute.text')}</p>
      {dispute.error ? <ErrorNotice error={dispute.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={t('dispute.title')} onSubmit={(event) => void submit(event)}>
          <PhoneField
            control={form.control}
            name="consumerPhone"
            label={t('dispute.phone')}
            {...(known ? { help: t('dispute.phoneKnown'), placeholder: state.consumer.phone ?? '' } : {})}
            required={!known}
          />
          <TextField control={form.control} name="facts" label={t('dispute.facts')} rows={7} required />
        </form>
      </Form>
    </Modal>
  );
}
