import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Form } from 'antd';
import { useEffect, useId } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { PrivacyIdentity, PrivacyWhat } from '../../domain/privacy/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { PhoneField } from '../kernel/components/typed-field.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { ChoiceField } from '../kernel/components/choice-field.tsx';
import { RecordsField } from './records-field.tsx';
import { emptyRequest, formField, recordOf, requestOf, RequestValues } from './values.ts';
import './privacy.css';

const DRAFT = 'privacy-new';

/** The form of a new request; from a record's page that record is ticked already, and its consumer's name stands in it. */
export function ReceivePage() {
  const { t } = useTranslation('privacy');
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [parameters] = useSearchParams();
  const formId = useId();
  const from = parameters.get('record');
  const form = useForm<RequestValues>({
    resolver: zodResolver(RequestValues, undefined, { raw: true }),
    defaultValues: emptyRequest(from),
    mode: 'onTouched',
  });
  const { control, getValues, setValue } = form;
  const draft = useDraft(DRAFT, t('form.title'), form);
  const [what, as] = useWatch({ control, name: ['what', 'as'] });

  const named = from === null ? null : recordOf(from);
  const prefilled = useQuery({
    queryKey: ['privacy', 'chosen', from],
    queryFn: () => api.privacy.chosen({ records: named === null ? [] : [named] }),
    enabled: named !== null,
  });
  const consumer = prefilled.data?.[0]?.consumer.name;
  useEffect(() => {
    if (consumer !== undefined && getValues('name') === '') setValue('name', consumer);
  }, [consumer, getValues, setValue]);

  const save = useMutation({
    mutationFn: async (values: RequestValues) => {
      const request = requestOf(draft.id, values);
      if (request === null) throw new Error('The form passed values that its own schema refuses');
      return api.privacy.receive(request);
    },
    onSuccess: async ({ state }) => {
      await draft.discard();
      void queries.invalidateQueries({ queryKey: ['privacy'] });
      void message.success(t('form.saved', { number: state.number }));
      void navigate(`/privacy/${state.id}`, { replace: true });
    },
    onError: (error) => showFieldIssues(form, error, formField),
  });
  const { submit, loose } = useSubmit(form, (values) => save.mutate(values));
  const startOver = async (): Promise<void> => {
    await draft.discard();
    draft.resume();
    form.reset(emptyRequest(null));
  };
  return (
    <Page
      title={t('form.title')}
      actions={
        <Button
          onClick={() =>
            modal.confirm({
              title: t('form.discard'),
              content: t('form.discardText'),
              okText: t('form.discardYes'),
              cancelText: t('form.discardNo'),
              onOk: startOver,
            })
          }
        >
          {t('form.discard')}
        </Button>
      }
      primary={
        <Button type="primary" htmlType="submit" form={formId} loading={save.isPending}>
          {t('form.save')}
        </Button>
      }
    >
      <DraftNotice savedAt={draft.restored} draft={draft} onDiscard={() => void startOver()} />
      {save.error ? <ErrorNotice error={save.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form
          id={formId}
          data-primary
          aria-label={t('form.label')}
          noValidate
          onSubmit={(event) => void submit(event)}
          className="heshi-stack heshi-privacy-page"
        >
          <Card size="small" title={<h2>{t('form.whoSection')}</h2>}>
            <div className="heshi-grid">
              <TextField control={control} name="name" label={t('form.name')} required />
              <PhoneField control={control} name="phone" label={t('form.phone')} required />
            </div>
            <div className="heshi-grid">
              <ChoiceField
                control={control}
                name="as"
                label={t('form.as')}
                options={(['self', 'agent'] as const).map((value) => ({ value, label: t(`as.${value}`) }))}
                required
              />
              {as === 'agent' ? (
                <TextField
                  control={control}
                  name="authority"
                  label={t('form.authority')}
                  help={t('form.authorityHint')}
                  required
                />
              ) : null}
            </div>
            <ChoiceField
              control={control}
              name="identity"
              label={t('form.identity')}
              options={PrivacyIdentity.options.map((value) => ({ value, label: t(`identity.${value}`) }))}
              required
            />
          </Card>
          <Card size="small" title={<h2>{t('form.askedSection')}</h2>}>
            <ChoiceField
              control={control}
              name="what"
              label={t('form.what')}
              options={PrivacyWhat.options.map((value) => ({ value, label: t(`what.${value}`) }))}
              required
            />
            <TextField
              control={control}
              name="wish"
              label={t('form.wish')}
              help={t(`form.wishHint.${what ?? 'access'}`)}
              rows={3}
              required={what === 'correction' || what === 'deletion'}
            />
          </Card>
          <Card size="small" title={<h2>{t('form.recordsSection')}</h2>}>
            <RecordsField control={control} />
          </Card>
        </form>
      </Form>
    </Page>
  );
}
