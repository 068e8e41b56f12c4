import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Modal } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import type { MerchantCommitment } from '../../domain/merchant/commitments.ts';
import { GoodsCategory } from '../../domain/return/index.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { FormField, NumberField, SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { dayNeeded, textOrNull } from '../kernel/components/typed-values.ts';
import { Radio } from 'antd';
import { useEventId } from '../kernel/components/use-event-id.ts';
import { useToday } from '../kernel/kit/now.tsx';

/** What a saved or refused change does to what is on the screen. */
function useChanged(merchantId: string) {
  const queries = useQueryClient();
  return {
    saved: (next: MerchantDetail): void => {
      queries.setQueryData(['merchants', 'get', merchantId], next);
      void queries.invalidateQueries({ queryKey: ['merchants'] });
      void queries.invalidateQueries({ queryKey: ['returns', 'assess'] });
    },
    refused: (error: unknown): void => {
      if (asApiError(error).code === 'CONFLICT') {
        void queries.invalidateQueries({ queryKey: ['merchants', 'get', merchantId] });
      }
    },
  };
}

type Props = { merchant: MerchantDetail; open: boolean; onClose: () => void };

const Values = z.object({
  windowDays: z
    .int()
    .min(1)
    .max(365)
    .nullable()
    .refine((days) => days !== null, { error: 'required' }),
  start: z.enum(['next-day', 'same-day']),
  excludedGoods: z.array(GoodsCategory).max(40),
  effectiveFrom: dayNeeded,
  note: z.string().max(500, { error: 'too_big' }),
});
type Values = z.input<typeof Values>;

/** A new promise: it replaces the one before from its first day. */
export function CommitmentForm({ merchant: { state }, open, onClose }: Props) {
  const { t } = useTranslation('merchants');
  const { t: tReturns } = useTranslation('returns');
  const { message } = App.useApp();
  const formId = useId();
  const changed = useChanged(state.id);
  const eventId = useEventId();
  const today = useToday();
  const form = useForm<Values>({
    resolver: zodResolver(Values, undefined, { raw: true }),
    defaultValues: { windowDays: 7, start: 'next-day', excludedGoods: [], effectiveFrom: today, note: '' },
    mode: 'onTouched',
  });
  const { control } = form;
  const save = useMutation({
    mutationFn: ({ windowDays, start, excludedGoods, effectiveFrom, note }: Values) =>
      api.merchants.commit({
        id: state.id,
        revision: state.revision,
        eventId,
        commitment: {
          windowDays: windowDays ?? 0,
          windowStartsNextDay: start === 'next-day',
          excludedGoods,
          effectiveFrom: effectiveFrom ?? '',
          note: textOrNull(note),
        },
      }),
    onSuccess: (next) => {
      changed.saved(next);
      form.reset();
      onClose();
      void message.success(t('commitment.saved'));
    },
    onError: (error) => {
      changed.refused(error);
      showFieldIssues(form, error, (field) => field.replace(/^commitment\./, ''));
    },
  });
  const { submit, loose } = useSubmit(form, (values) => save.mutate(values));
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('commitment.title')}
      size={440}
      extra={
        <Button type="primary" htmlType="submit" form={formId} loading={save.isPending}>
          {t('commitment.save')}
        </Button>
      }
    >
      <p className="heshi-flush-top">{t('commitment.text')}</p>
      {save.error ? <ErrorNotice error={save.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form
          id={formId}
          noValidate
          aria-label={t('commitment.title')}
          onSubmit={(event) => void submit(event)}
        >
          <NumberField
            control={control}
            name="windowDays"
            label={t('commitment.windowDays')}
            help={t('commitment.windowDaysHint')}
            min={1}
            max={365}
            required
          />
          <FormField control={control} name="start" label={t('commitment.start')} required>
            {({ id, value, onChange }) => (
              <div id={id} role="presentation">
                <Radio.Group
                  aria-label={t('commitment.start')}
                  value={value}
                  onChange={(event) => onChange(event.target.value)}
                  options={[
                    { value: 'next-day', label: t('commitment.startNextDay') },
                    { value: 'same-day', label: t('commitment.startSameDay') },
                  ]}
                />
              </div>
            )}
          </FormField>
          <SelectField
            control={control}
            name="excludedGoods"
            label={t('commitment.excludedGoods')}
            help={t('commitment.excludedGoodsHint')}
            options={GoodsCategory.options.map((value) => ({ value, label: tReturns(`goods.${value}`) }))}
            multiple
          />
          <DayField
            control={control}
            name="effectiveFrom"
            label={t('commitment.effectiveFrom')}
            lean="nearest"
            required
          />
          <TextField control={control} name="note" label={t('commitment.note')} rows={2} />
        </form>
      </Form>
    </Drawer>
  );
}

const EndValues = z.object({ effectiveTo: dayNeeded });
type EndValues = z.input<typeof EndValues>;

/** Ends a promise from a day on. */
export function EndForm({
  merchant: { state },
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
    defaultValues: { effectiveTo: today },
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
      <p>{t('end.text')}</p>
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
