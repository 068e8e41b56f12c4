import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Radio } from 'antd';
import { useId } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import {
  commitmentOn,
  FreightRule,
  GiftRule,
  StartRule,
  type PromiseTerms,
} from '../../domain/merchant/commitments.ts';
import { lessens } from '../../domain/merchant/notice.ts';
import { GoodsCategory, startRuleOf } from '../../domain/return/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import {
  FormField,
  NumberField,
  SelectField,
  TextField,
  type FieldProps,
  type Option,
} from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { dayNeeded, textOrNull } from '../kernel/components/typed-values.ts';
import { useEventId } from '../kernel/components/use-event-id.ts';
import { useToday } from '../kernel/kit/now.tsx';
import { GroupField, groupOf } from './group-field.tsx';
import { useChanged } from './use-changed.ts';

const Values = z.object({
  windowDays: z
    .int()
    .min(1, 'window-days')
    .max(365, 'window-days')
    .nullable()
    .refine((days) => days !== null, { error: 'required' }),
  startRule: StartRule,
  goods: z.array(GoodsCategory).max(40),
  excludedGoods: z.array(GoodsCategory).max(40),
  conditions: z.string().max(500, { error: 'too_big' }),
  giftRule: GiftRule,
  freightRule: FreightRule,
  groupName: z.string().max(60, { error: 'too_big' }),
  groupShops: z.array(z.object({ merchantId: z.string(), name: z.string(), unitPath: z.string() })),
  effectiveFrom: dayNeeded,
  note: z.string().max(500, { error: 'too_big' }),
});
type Values = z.input<typeof Values>;

const isGoods = (code: string): code is GoodsCategory => GoodsCategory.safeParse(code).success;

/** What a new proposal begins with: the promise that is in force, else what most promises say. */
function beginning({ state }: MerchantDetail, today: string): Values {
  const held = commitmentOn(state, today) ?? state.commitments.at(-1) ?? null;
  return {
    windowDays: held?.windowDays ?? 7,
    startRule: held === null ? 'day-after' : startRuleOf(held),
    goods: (held?.goods ?? []).filter(isGoods),
    excludedGoods: (held?.excludedGoods ?? []).filter(isGoods),
    conditions: held?.conditions ?? '',
    giftRule: held?.giftRule ?? 'charged',
    freightRule: held?.freightRule ?? 'consumer',
    groupName: held?.group?.name ?? '',
    groupShops: held?.group?.shops ?? [],
    effectiveFrom: today,
    note: '',
  };
}

function termsOf(values: Values): PromiseTerms {
  return {
    windowDays: values.windowDays ?? 0,
    startRule: values.startRule,
    goods: values.goods.length === 0 ? null : values.goods,
    excludedGoods: values.excludedGoods,
    conditions: textOrNull(values.conditions),
    giftRule: values.giftRule,
    freightRule: values.freightRule,
    group: groupOf(values),
    effectiveFrom: values.effectiveFrom ?? '',
    note: textOrNull(values.note),
  };
}

/** A few choices one below the other. */
function RulesField({ options, ...props }: FieldProps<Values> & { options: Option[] }) {
  return (
    <FormField {...props}>
      {({ id, value, onChange }) => (
        <div id={id} role="presentation">
          <Radio.Group
            vertical
            aria-label={props.label}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            options={options}
          />
        </div>
      )}
    </FormField>
  );
}

/** A new version of the promise; the operator confirms it. */
export function ProposalForm({
  merchant,
  open,
  onClose,
}: {
  merchant: MerchantDetail;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('merchants');
  const { t: tReturns } = useTranslation('returns');
  const { message } = App.useApp();
  const formId = useId();
  const { state, noticeDays } = merchant;
  const changed = useChanged(state.id);
  const eventId = useEventId();
  const today = useToday();
  const form = useForm<Values>({
    resolver: zodResolver(Values, undefined, { raw: true }),
    defaultValues: beginning(merchant, today),
    mode: 'onTouched',
  });
  const { control } = form;
  const save = useMutation({
    mutationFn: (values: Values) =>
      api.merchants.propose({ id: state.id, revision: state.revision, eventId, commitment: termsOf(values) }),
    onSuccess: (next) => {
      changed.saved(next);
      onClose();
      void message.success(t('proposal.saved'));
    },
    onError: (error) => {
      changed.refused(error);
      showFieldIssues(form, error, (field) =>
        field.replace(/^commitment\./, '').replace(/^group\b.*/, 'groupName'),
      );
    },
  });
  const { submit, loose } = useSubmit(form, (values) => save.mutate(values));
  const held = commitmentOn(state, today);
  const values = useWatch({ control, compute: (all) => all });
  const terms = termsOf(values);
  const less =
    held !== null && lessens(held, { ...terms, windowStartsNextDay: terms.startRule !== 'purchase-day' });
  const goods = GoodsCategory.options.map((value) => ({ value, label: tReturns(`goods.${value}`) }));
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('proposal.title')}
      size={480}
      extra={
        <Button type="primary" htmlType="submit" form={formId} loading={save.isPending}>
          {t('proposal.save')}
        </Button>
      }
    >
      <p className="heshi-flush-top">{t('proposal.text')}</p>
      {save.error ? <ErrorNotice error={save.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form
          id={formId}
          noValidate
          aria-label={t('proposal.title')}
          onSubmit={(event) => void submit(event)}
        >
          <NumberField
            control={control}
            name="windowDays"
            label={t('proposal.windowDays')}
            help={t('proposal.windowDaysHint')}
            min={0}
            max={9999}
            required
          />
          <RulesField
            control={control}
            name="startRule"
            label={t('proposal.start')}
            options={StartRule.options.map((value) => ({ value, label: t(`terms.start.${value}`) }))}
            required
          />
          <SelectField
            control={control}
            name="goods"
            label={t('proposal.goods')}
            help={t('proposal.goodsHint')}
            options={goods}
            multiple
          />
          <SelectField
            control={control}
            name="excludedGoods"
            label={t('proposal.excludedGoods')}
            help={t('proposal.excludedGoodsHint')}
            options={goods}
            multiple
          />
          <TextField
            control={control}
            name="conditions"
            label={t('proposal.conditions')}
            help={t('proposal.conditionsHint')}
            rows={2}
          />
          <RulesField
            control={control}
            name="giftRule"
            label={t('proposal.gift')}
            help={t('proposal.giftHint')}
            options={GiftRule.options.map((value) => ({ value, label: t(`terms.gift.${value}`) }))}
            required
          />
          <RulesField
            control={control}
            name="freightRule"
            label={t('proposal.freight')}
            options={FreightRule.options.map((value) => ({ value, label: t(`terms.freight.${value}`) }))}
            required
          />
          <GroupField control={control} merchant={merchant} />
          <DayField
            control={control}
            name="effectiveFrom"
            label={t('proposal.effectiveFrom')}
            help={less ? t('proposal.notice', { days: noticeDays }) : t('proposal.effectiveFromHint')}
            lean="nearest"
            required
          />
          <TextField control={control} name="note" label={t('proposal.note')} rows={2} />
        </form>
      </Form>
    </Drawer>
  );
}
