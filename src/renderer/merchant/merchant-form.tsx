import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Select } from 'antd';
import { useId, useState } from 'react';
import { useForm, useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import { creditCodeCautions } from '../../domain/merchant/codes.ts';
import { normaliseCode } from '../../domain/merchant/index.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { useSession } from '../kernel/app/session.ts';
import { CautionNotice } from '../kernel/components/caution-notice.tsx';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { FormField, SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { PhoneField } from '../kernel/components/typed-field.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { CodeField } from './code-field.tsx';
import { ContactsField } from './register/contacts-field.tsx';
import { fieldsOf, MerchantValues, valuesOf } from './register/values.ts';

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
  const codes = useCodeWords();
  const form = useForm<MerchantValues>({
    resolver: zodResolver(MerchantValues, undefined, { raw: true }),
    defaultValues: valuesOf(state, staff.unit.path),
    mode: 'onTouched',
  });
  const title = t(state ? 'form.editTitle' : 'form.newTitle');
  const draft = useDraft(state ? `merchant:${state.id}` : 'merchant-new', title, form);
  const save = useMutation({
    mutationFn: (values: MerchantValues) =>
      state
        ? api.merchants.update({
            id: state.id,
            revision: state.revision,
            eventId: draft.id,
            fields: fieldsOf(values),
            codeConfirmed: true,
          })
        : api.merchants.register({
            merchantId: draft.id,
            unitPath: values.unitPath ?? '',
            ...fieldsOf(values),
            codeConfirmed: true,
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
  /** The code that was asked about: for another one it is asked again. */
  const [asked, setAsked] = useState<string | null>(null);
  const { submit, loose } = useSubmit(form, (values) => {
    const code = normaliseCode(values.creditCode);
    const known = code === asked || code === (state?.creditCode ?? '');
    if (!known && creditCodeCautions(code).length > 0) setAsked(code);
    else save.mutate(values);
  });
  const { control } = form;
  const typed = useWatch({ control, name: 'creditCode' });
  const cautions = asked !== null && asked === normaliseCode(typed) ? creditCodeCautions(asked) : [];
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={title}
      size={440}
      extra={
        <Button type="primary" htmlType="submit" form={formId} loading={save.isPending}>
          {t(cautions.length > 0 ? 'form.saveAnyway' : 'form.save')}
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
      {cautions.length > 0 ? (
        <div className="heshi-below-m">
          <CautionNotice cautions={cautions} />
        </div>
      ) : null}
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={title} onSubmit={(event) => void submit(event)}>
          <TextField control={control} name="name" label={t('form.name')} required />
          <SelectField
            control={control}
            name="category"
            label={t('form.category')}
            options={codes.options('merchantCategory', state?.category)}
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
          <CodeField control={control} name="creditCode" />
          <AliasesField control={control} />
          <TextField control={control} name="address" label={t('form.address')} rows={2} />
          <TextField control={control} name="contactName" label={t('form.contactName')} />
          <PhoneField control={control} name="phone" label={t('form.phone')} />
          <ContactsField control={control} />
        </form>
      </Form>
    </Drawer>
  );
}

/** Numbers that the merchant had before; what is typed becomes one with Enter or a comma. */
function AliasesField({ control }: { control: Control<MerchantValues> }) {
  const { t } = useTranslation('register');
  return (
    <FormField control={control} name="aliases" label={t('form.aliases')} help={t('form.aliasesHint')}>
      {({ id, value, onChange, onBlur, ref, status, aria }) => (
        <Select<string[]>
          {...aria}
          id={id}
          ref={ref}
          mode="tags"
          open={false}
          suffixIcon={null}
          status={status}
          aria-label={t('form.aliases')}
          tokenSeparators={[',', ' ', ';']}
          value={Array.isArray(value) ? value : []}
          onChange={onChange}
          onBlur={onBlur}
        />
      )}
    </FormField>
  );
}
