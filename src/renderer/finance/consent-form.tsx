import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Form } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { FinanceDetail } from '../../contract/workstation/finance.ts';
import { CONSENT_ITEMS, ConsentManner } from '../../domain/finance/index.ts';
import { type Signature, SignatureBox } from '../document/index.ts';
import { api } from '../kernel/api/client.ts';
import { ChipsField } from '../kernel/components/chips-field.tsx';
import { ChoiceField } from '../kernel/components/choice-field.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { openFile } from '../kernel/components/open-file.ts';
import { Page } from '../kernel/components/page.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { useWording } from '../kernel/components/wording.ts';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { consentOf, ConsentValues, emptyConsent, formField } from './consent-values.ts';
import './finance.css';

/** The form; what is typed stays through every refusal, the signature too. */
export function ConsentForm({ detail }: { detail: FinanceDetail }) {
  const { t } = useTranslation('finance');
  const word = useWording();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const formId = useId();
  const today = useToday();
  const { merchantId, recipients, capacities, mostDays } = detail;
  const form = useForm<ConsentValues>({
    resolver: zodResolver(ConsentValues, undefined, { raw: true }),
    defaultValues: emptyConsent(today),
    mode: 'onTouched',
  });
  const { control, getValues, setValue, trigger } = form;
  const draft = useDraft(`consent-new:${merchantId}`, `${t('form.title')} · ${detail.name}`, form);
  const [recipient, capacity, signing] = useWatch({
    control,
    name: ['recipient', 'capacity', 'signing'],
  });
  const [signature, setSignature] = useState<Signature | null>(null);
  const [unsigned, setUnsigned] = useState(false);
  const known = recipients.find(({ unitPath }) => unitPath === recipient)?.contact;
  useEffect(() => {
    if (known && getValues('contact') === '') setValue('contact', known);
  }, [known, getValues, setValue]);

  const formOf = (values: ConsentValues) => {
    const filled = consentOf(merchantId, draft.id, values, recipients);
    if (filled === null) throw new Error('The form passed values that its own schema refuses');
    return filled;
  };
  const print = useMutation({
    mutationFn: (values: ConsentValues) => api.finance.form(formOf(values)),
    onSuccess: (file) => openFile(file, false),
    onError: (error) => showFieldIssues(form, error, formField),
  });
  const save = useMutation({
    mutationFn: (values: ConsentValues) =>
      api.finance.grant({
        ...formOf(values),
        signature:
          values.signing === 'on-screen'
            ? { manner: 'on-screen', ink: signature?.ink ?? { width: 300, height: 100, strokes: [] } }
            : { manner: 'on-paper', signedOn: values.signedOn ?? '' },
      }),
    onSuccess: async (next) => {
      await draft.discard();
      queries.setQueryData(['finance', 'get', merchantId], next);
      void message.success(t('form.saved', { number: next.consents[0]?.number ?? '' }));
      void navigate(`/merchants/${encodeURIComponent(merchantId)}`, { replace: true });
    },
    onError: (error) => showFieldIssues(form, error, formField),
  });
  const { submit, loose } = useSubmit(form, (values) => {
    const missing = values.signing === 'on-screen' && signature === null;
    setUnsigned(missing);
    if (!missing) save.mutate(values);
  });
  const readPaper = async (): Promise<void> => {
    if (await trigger()) print.mutate(getValues());
  };
  const startOver = async (): Promise<void> => {
    await draft.discard();
    draft.resume();
    form.reset(emptyConsent(today));
    setSignature(null);
  };
  return (
    <Page
      title={`${t('form.title')} · ${detail.name}`}
      actions={
        <>
          <Link to={`/merchants/${encodeURIComponent(merchantId)}`}>{t('form.back')}</Link>
          <Button loading={print.isPending} onClick={() => void readPaper()}>
            {t('form.print')}
          </Button>
        </>
      }
      primary={
        <Button type="primary" htmlType="submit" form={formId} loading={save.isPending}>
          {t('form.save')}
        </Button>
      }
    >
      <DraftNotice savedAt={draft.restored} draft={draft} onDiscard={() => void startOver()} />
      {capacities.length === 0 ? <Alert type="warning" showIcon title={t('form.refusedNobody')} /> : null}
      {save.error ? <ErrorNotice error={save.error} /> : null}
      {print.error ? <ErrorNotice error={print.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form
          id={formId}
          data-primary
          aria-label={t('form.label')}
          noValidate
          onSubmit={(event) => void submit(event)}
          className="heshi-stack heshi-consent"
        >
          <Card size="small" title={<h2>{t('form.what')}</h2>}>
            <div className="heshi-grid">
              <SelectField
                control={control}
                name="recipient"
                label={t('form.recipient')}
                options={recipients.map(({ unitPath, name }) => ({ value: unitPath, label: name }))}
                required
              />
              <TextField control={control} name="contact" label={t('form.contact')} required />
            </div>
            <ChipsField
              control={control}
              name="items"
              label={t('form.items')}
              help={t('form.itemsHelp')}
              options={CONSENT_ITEMS.map((value) => ({ value, label: t(`item.${value}`) }))}
              required
            />
            <div className="heshi-grid">
              <TextField control={control} name="purpose" label={t('form.purpose')} required />
              <ChoiceField
                control={control}
                name="manner"
                label={t('form.manner')}
                options={ConsentManner.options.map((value) => ({ value, label: t(`form.manners.${value}`) }))}
                required
              />
            </div>
            <div className="heshi-grid">
              <DayField control={control} name="from" label={t('form.from')} lean="nearest" required />
              <DayField
                control={control}
                name="until"
                label={t('form.until')}
                help={t('form.untilHelp', { days: mostDays })}
                lean="nearest"
                required
              />
            </div>
            <p className="heshi-note">{t('form.rights')}</p>
          </Card>
          <Card size="small" title={<h2>{t('form.who')}</h2>}>
            <div className="heshi-grid">
              <TextField control={control} name="name" label={t('form.name')} required />
              <TextField control={control} name="position" label={t('form.position')} required />
              <TextField control={control} name="idTail" label={t('form.idTail')} required />
              <ChoiceField
                control={control}
                name="capacity"
                label={t('form.capacity')}
                options={capacities.map((value) => ({ value, label: t(`capacity.${value}`) }))}
                required
              />
              {capacity === 'agent' ? (
                <TextField
                  control={control}
                  name="authority"
                  label={t('form.authority')}
                  help={t('form.authorityHelp')}
                  required
                />
              ) : null}
            </div>
          </Card>
          <Card size="small" title={<h2>{t('form.signing')}</h2>}>
            <ChoiceField
              control={control}
              name="signing"
              label={t('form.signing')}
              options={(['on-screen', 'on-paper'] as const).map((value) => ({
                value,
                label: t(value === 'on-screen' ? 'form.onScreen' : 'form.onPaper'),
              }))}
              required
            />
            {signing === 'on-paper' ? (
              <DayField
                control={control}
                name="signedOn"
                label={t('form.signedOn')}
                lean="nearest"
                required
              />
            ) : (
              <SignatureBox
                title={t('form.signing')}
                name={t('form.signHere')}
                signed={signature !== null}
                problem={unsigned && signature === null ? word({ rule: 'consent-signature-needed' }) : null}
                onChange={setSignature}
              />
            )}
          </Card>
        </form>
      </Form>
    </Page>
  );
}
