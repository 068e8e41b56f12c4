import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Form } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useForm, useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { MerchantSummary } from '../../contract/workstation/merchant.ts';
import { CaseSource } from '../../domain/case/codes.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ChipsField } from '../kernel/components/chips-field.tsx';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { SelectField, SwitchField, TextField } from '../kernel/components/field.tsx';
import { CautionNotice } from '../kernel/components/caution-notice.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { AmountField, DayField, PhoneField } from '../kernel/components/typed-field.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { CaseFormSchema, emptyCase, type CaseForm } from './case-form.ts';
import { LimitationWhileRegistering } from './limitation-hint.tsx';
import { RepeatsWhileRegistering } from './repeats-panel.tsx';
import { MerchantChoice } from './merchant-choice.tsx';
import { nameCaution } from './name-caution.ts';

const DRAFT = 'case-new';

/** Registering a dispute: one page, one save; what is typed is kept as a draft all the while. */
export function NewCasePage() {
  const { t } = useTranslation('cases');
  const common = useTranslation('common');
  const codes = useCodeWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [error, setError] = useState<unknown>(null);
  /** A merchant of the roster that the name typed may be meant for, once the person has been asked. */
  const [asked, setAsked] = useState<Awaited<ReturnType<typeof nameCaution>>>(null);
  const form = useForm<CaseForm>({ resolver: zodResolver(CaseFormSchema), defaultValues: emptyCase() });
  const draft = useDraft(DRAFT, t('form.title'), form);
  const { control, setValue } = form;
  const { setFocus } = form;
  // A person stands in front of the desk: typing begins at once.
  useEffect(() => setFocus('consumer.name'), [setFocus]);
  /** What the roster put into the merchant's fields: replaced when another merchant is chosen. */
  const filled = useRef<Partial<Record<'contact' | 'phone' | 'address', string>>>({});

  const { submit, loose } = useSubmit(form, async (values) => {
    setError(null);
    const caution = await nameCaution(values.merchant);
    if (caution !== null && caution.parameters.name !== asked?.parameters.name) {
      setAsked(caution);
      return;
    }
    setAsked(null);
    try {
      const { id, number } = await api.cases.register({ ...values, caseId: draft.id });
      await draft.discard();
      await queries.invalidateQueries();
      void message.success(t('form.saved', { number }));
      void navigate(`/cases/${id}`, { replace: true });
    } catch (failure) {
      if (!showFieldIssues(form, failure)) setError(failure);
    }
  });
  /** Whatever the roster knows of the merchant need not be typed; what was typed already stays. */
  const fillMerchant = async (chosen: MerchantSummary | null): Promise<void> => {
    setValue('merchant.merchantId', chosen?.id ?? null, { shouldDirty: true });
    if (chosen === null) return;
    const known = await api.merchants.get({ id: chosen.id }).catch(() => null);
    // Another merchant may have been chosen meanwhile.
    if (known === null || form.getValues('merchant.merchantId') !== chosen.id) return;
    const { contactName, phone, address } = known.state;
    const fill = (field: 'contact' | 'phone' | 'address', value: string | null): void => {
      const name = `merchant.${field}` as const;
      const untouched = (form.getValues(name) ?? '') === '' || filled.current[field] === form.getValues(name);
      if (!untouched) return;
      filled.current[field] = value ?? '';
      setValue(name, value ?? '', { shouldDirty: true });
    };
    fill('contact', contactName);
    fill('phone', phone);
    fill('address', address);
  };
  const startAfresh = async (): Promise<void> => {
    await draft.discard();
    draft.resume();
    form.reset(emptyCase());
  };
  return (
    <Page
      title={t('form.title')}
      actions={<Button onClick={() => void navigate(-1)}>{common.t('action.back')}</Button>}
      primary={
        <Button type="primary" loading={form.formState.isSubmitting} onClick={() => void submit()}>
          {asked === null ? common.t('action.save') : t('caution.record')} (Ctrl+Enter)
        </Button>
      }
    >
      <DraftNotice savedAt={draft.restored} draft={draft} onDiscard={() => void startAfresh()} />
      {error ? <ErrorNotice error={error} /> : null}
      <LooseIssues issues={loose} />
      <CautionNotice cautions={asked === null ? [] : [asked]} />
      <Form layout="vertical" component={false}>
        <form data-primary noValidate onSubmit={(event) => void submit(event)} className="heshi-stack">
          <Card size="small" title={t('form.consumer')}>
            <div className="heshi-grid">
              <TextField control={control} name="consumer.name" label={t('form.consumerName')} required />
              <PhoneField control={control} name="consumer.phone" label={t('form.consumerPhone')} required />
              <TextField control={control} name="consumer.address" label={t('form.consumerAddress')} />
              <SelectField
                control={control}
                name="source"
                label={t('form.source')}
                options={CaseSource.options
                  .filter((value) => value !== 'return')
                  .map((value) => ({ value, label: t(`source.${value}`) }))}
              />
            </div>
          </Card>
          <Card size="small" title={t('form.merchant')}>
            <div className="heshi-grid">
              <MerchantChoice
                control={control}
                name="merchant.name"
                onChosen={(merchant) => void fillMerchant(merchant)}
              />
              <TextField control={control} name="merchant.contact" label={t('form.merchantContact')} />
              <TextField control={control} name="merchant.phone" label={t('form.merchantPhone')} />
              <TextField control={control} name="merchant.address" label={t('form.merchantAddress')} />
            </div>
          </Card>
          <Repeats control={control} />
          <Card size="small" title={t('form.facts')}>
            <TextField
              control={control}
              name="facts.text"
              label={t('form.factsText')}
              placeholder={t('form.factsHint')}
              rows={3}
              required
            />
            <ChipsField
              control={control}
              name="claims"
              label={t('form.claims')}
              required
              options={codes.options('claim')}
            />
            <div className="heshi-grid">
              <DayField
                control={control}
                name="facts.occurredOn"
                label={t('form.occurredOn')}
                placeholder={t('form.dayHint')}
                required
              />
              <AmountField
                control={control}
                name="amountFen"
                label={t('form.amount')}
                placeholder={t('form.amountHint')}
              />
              <SelectField
                control={control}
                name="category.object"
                label={t('form.object')}
                required
                options={codes.options('object')}
              />
              <SelectField
                control={control}
                name="category.problem"
                label={t('form.problem')}
                required
                options={codes.options('problem')}
              />
              <LimitationWhileRegistering control={control} />
              <TextField control={control} name="claimText" label={t('form.claimText')} />
              <TextField control={control} name="facts.place" label={t('form.place')} />
            </div>
            <div className="heshi-grid">
              <SwitchField control={control} name="consents.publication" label={t('form.publication')} />
              <SwitchField control={control} name="consents.delegatedMediation" label={t('form.delegated')} />
            </div>
          </Card>
          {/* Enter in a field and Ctrl+Enter anywhere save; the visible button stands in the page's header. */}
          <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        </form>
      </Form>
    </Page>
  );
}

/** Watches what is typed of the consumer and the merchant, so that the rest of the form need not be drawn anew. */
function Repeats({ control }: { control: Control<CaseForm> }) {
  const [phone, merchantId, merchantName] = useWatch({
    control,
    name: ['consumer.phone', 'merchant.merchantId', 'merchant.name'],
  });
  return (
    <RepeatsWhileRegistering
      phone={phone ?? ''}
      merchantId={merchantId ?? null}
      merchantName={merchantName ?? ''}
    />
  );
}
