import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Form } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import { MerchantCategory } from '../../domain/merchant/merchant.ts';
import { checkCreditCode } from '../../domain/kernel/text/index.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { useSession } from '../kernel/app/session.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { PhoneField } from '../kernel/components/typed-field.tsx';
import { chosen, phoneIfAny, textNeeded, textOrNull } from '../kernel/components/typed-values.ts';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';

const Values = z.object({
  name: textNeeded(160),
  creditCode: z.string().superRefine((text, context) => {
    const checked = text.trim() === '' ? null : checkCreditCode(text);
    if (checked?.kind === 'refused') context.addIssue({ code: 'custom', message: checked.rule });
  }),
  category: chosen(MerchantCategory),
  unitPath: z
    .string()
    .nullable()
    .refine((path) => path !== null, { error: 'required' }),
  address: z.string().max(300, { error: 'too_big' }),
  contactName: z.string().max(60, { error: 'too_big' }),
  phone: phoneIfAny,
});
type Values = z.input<typeof Values>;

function fieldsOf(values: Values) {
  const code = values.creditCode.trim() === '' ? null : checkCreditCode(values.creditCode);
  return {
    name: values.name.trim(),
    creditCode: code?.kind === 'valid' ? code.number : null,
    category: MerchantCategory.parse(values.category),
    address: textOrNull(values.address),
    contactName: textOrNull(values.contactName),
    phone: textOrNull(values.phone),
  };
}

/** A new merchant, or changes to one. Esc closes the drawer and keeps what was typed. */
export function MerchantForm({
  merchant,
  open,
  onClose,
  onSaved,
}: {
  merchant: MerchantDetail | null;
  open: boolean;
  onClose: () => void;
  onSaved: (merchant: MerchantDetail) => void;
}) {
  const { t } = useTranslation('merchants');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { staff } = useSession();
  const formId = useId();
  const state = merchant?.state;
  const units = useQuery({
    queryKey: ['merchants', 'units'],
    queryFn: () => api.merchants.units(),
    enabled: open && !state,
  });
  const form = useForm<Values>({
    resolver: zodResolver(Values, undefined, { raw: true }),
    defaultValues: {
      name: state?.name ?? '',
      creditCode: state?.creditCode ?? '',
      category: state?.category ?? null,
      unitPath: state?.unitPath ?? staff.unit.path,
      address: state?.address ?? '',
      contactName: state?.contactName ?? '',
      phone: state?.phone ?? null,
    },
    mode: 'onTouched',
  });
  const title = t(state ? 'form.editTitle' : 'form.newTitle');
  const draft = useDraft(state ? `merchant:${state.id}` : 'merchant-new', title, form);
  const save = useMutation({
    mutationFn: (values: Values) =>
      state
        ? api.merchants.update({
            id: state.id,
            revision: state.revision,
            eventId: draft.id,
            fields: fieldsOf(values),
          })
        : api.merchants.register({
            merchantId: draft.id,
            unitPath: values.unitPath ?? '',
            ...fieldsOf(values),
          }),
    onSuccess: async (saved) => {
      await draft.discard();
      void queries.invalidateQueries({ queryKey: ['merchants'] });
      void message.success(t(state ? 'form.updated' : 'form.registered'));
      onSaved(saved);
    },
    onError: (error) => {
      if (asApiError(error).code === 'CONFLICT')
        void queries.invalidateQueries({ queryKey: ['merchants', 'get'] });
      showFieldIssues(form, error, (field) => field.replace(/^fields\./, ''));
    },
  });
  const { submit, loose } = useSubmit(form, (values) => save.mutate(values));
  const { control } = form;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={title}
      size={440}
      extra={
        <Button type="primary" htmlType="submit" form={formId} loading={save.isPending}>
          {t('form.save')}
        </Button>
      }
    >
      <DraftNotice
        savedAt={draft.restored}
        draft={draft}
        onDiscard={() => {
          void draft.discard().then(() => {
            draft.resume();
            form.reset();
          });
        }}
      />
      {save.error ? <ErrorNotice error={save.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={title} onSubmit={(event) => void submit(event)}>
          <TextField control={control} name="name" label={t('form.name')} required />
          <SelectField
            control={control}
            name="category"
            label={t('form.category')}
            options={MerchantCategory.options.map((value) => ({ value, label: t(`category.${value}`) }))}
            required
          />
          {state ? null : (
            <SelectField
              control={control}
              name="unitPath"
              label={t('form.unit')}
              help={t('form.unitHint')}
              options={(units.data ?? [staff.unit]).map((unit) => ({ value: unit.path, label: unit.name }))}
              required
            />
          )}
          <TextField
            control={control}
            name="creditCode"
            label={t('form.creditCode')}
            placeholder={t('form.creditCodeHint')}
          />
          <TextField control={control} name="address" label={t('form.address')} rows={2} />
          <TextField control={control} name="contactName" label={t('form.contactName')} />
          <PhoneField control={control} name="phone" label={t('form.phone')} />
        </form>
      </Form>
    </Drawer>
  );
}
