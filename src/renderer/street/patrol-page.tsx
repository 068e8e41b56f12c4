import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Form, Select } from 'antd';
import { useId } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { StreetDetail } from '../../contract/workstation/street.ts';
import { checklistOn } from '../../domain/street/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { FormField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { EMPTY_VISIT, formField, patrolOf, PatrolValues } from './values.ts';
import { VisitCard } from './visit-card.tsx';
import { useStreetWords } from './words.ts';
import './street.css';

/** The form of a patrol along a street. */
export function PatrolPage() {
  const { t } = useTranslation('streets');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['streets', 'get', id], queryFn: () => api.streets.get({ id }) });
  return (
    <RecordPage
      query={detail}
      title={t('title')}
      gone={<EmptyState title={t('notFound')} action={<Link to="/streets">{t('back')}</Link>} />}
    >
      {(data) => <PatrolForm key={id} detail={data} />}
    </RecordPage>
  );
}

function PatrolForm({ detail: { state, shops } }: { detail: StreetDetail }) {
  const { t } = useTranslation('streets');
  const { said, figure } = useStreetWords();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const today = useToday();
  const formId = useId();
  const empty: PatrolValues = { on: today, chosen: [], visits: {} };
  const form = useForm<PatrolValues>({
    resolver: zodResolver(PatrolValues, undefined, { raw: true }),
    defaultValues: empty,
    mode: 'onTouched',
  });
  const { control, getValues, setValue } = form;
  const draft = useDraft(`street-patrol:${state.id}`, t('patrol.title', { name: state.name }), form);
  const [on, chosen] = useWatch({ control, name: ['on', 'chosen'] });
  const checklist = checklistOn(on === null || on === '' ? today : on);
  const save = useMutation({
    mutationFn: (values: PatrolValues) =>
      api.streets.patrol(patrolOf(draft.id, state.id, values, checklist ?? { items: [] })),
    onSuccess: async () => {
      await draft.discard();
      void queries.invalidateQueries({ queryKey: ['streets'] });
      void message.success(t('patrol.saved'));
      void navigate(`/streets/${state.id}`, { replace: true });
    },
    onError: (error) => showFieldIssues(form, error, formField(getValues('chosen'))),
  });
  const { submit, loose } = useSubmit(form, (values) => save.mutate(values));
  const startOver = async (): Promise<void> => {
    await draft.discard();
    draft.resume();
    form.reset(empty);
  };
  return (
    <Page
      title={t('patrol.title', { name: state.name })}
      actions={
        <Button
          onClick={() =>
            modal.confirm({
              title: t('patrol.discard'),
              content: t('patrol.discardText'),
              okText: t('patrol.discardYes'),
              cancelText: t('patrol.discardNo'),
              onOk: startOver,
            })
          }
        >
          {t('patrol.discard')}
        </Button>
      }
      primary={
        <Button type="primary" htmlType="submit" form={formId} loading={save.isPending}>
          {t('patrol.save')}
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
          aria-label={t('patrol.label')}
          noValidate
          onSubmit={(event) => void submit(event)}
          className="heshi-stack heshi-street"
        >
          <Card size="small">
            <div className="heshi-grid">
              <DayField control={control} name="on" label={t('patrol.on')} required />
              <FormField
                control={control}
                name="chosen"
                label={t('patrol.shops')}
                help={t('patrol.shopsHint')}
                required
              >
                {({ id, value, onChange, onBlur, ref, status, aria }) => (
                  <Select<string[]>
                    {...aria}
                    id={id}
                    ref={ref}
                    mode="multiple"
                    aria-label={t('patrol.shops')}
                    status={status}
                    onBlur={onBlur}
                    optionFilterProp="label"
                    value={Array.isArray(value) ? (value as string[]) : []}
                    onChange={(next) => {
                      for (const merchantId of next)
                        if (getValues(`visits.${merchantId}`) === undefined)
                          setValue(`visits.${merchantId}`, EMPTY_VISIT);
                      onChange(next);
                    }}
                    options={shops.map((shop) => ({ value: shop.merchantId, label: shop.merchantName }))}
                  />
                )}
              </FormField>
            </div>
            {checklist === undefined ? (
              t('patrol.noChecklist')
            ) : (
              <>
                <div className="heshi-note">
                  {t('patrol.base', { name: said(checklist.base), version: checklist.version })}
                </div>
                <div className="heshi-note">
                  {t('patrol.rule', { points: figure(checklist.pass.basisPoints) })}
                </div>
              </>
            )}
          </Card>
          {checklist === undefined
            ? null
            : chosen.map((merchantId) => {
                const shop = shops.find((one) => one.merchantId === merchantId);
                return shop === undefined ? null : (
                  <VisitCard
                    key={merchantId}
                    form={form}
                    shop={shop}
                    checklist={checklist}
                    on={on === null || on === '' ? today : on}
                  />
                );
              })}
        </form>
      </Form>
    </Page>
  );
}
