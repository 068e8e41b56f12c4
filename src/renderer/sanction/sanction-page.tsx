import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { SanctionDetail } from '../../contract/workstation/sanction.ts';
import { type SanctionDuty, sanctionSchemas } from '../../domain/sanction/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { openFile } from '../kernel/components/open-file.ts';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { CorrectDialog, DutyDialog, EndDialog, PublishedDialog, ReopenDialog } from './dialogs.tsx';
import { Documents } from './documents.tsx';
import { VerdictCard, VerdictTag } from './verdict.tsx';
import './sanction.css';

/** One record: whether it may be repaired, by which rule, what is still to be done, and what happened to it. */
export function SanctionPage() {
  const { t } = useTranslation('sanction');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['sanctions', 'get', id], queryFn: () => api.sanctions.get({ id }) });
  return (
    <RecordPage
      query={detail}
      title={t('title')}
      gone={
        <EmptyState
          title={t('page.notFound')}
          text={t('page.notFoundText')}
          action={<Link to="/sanctions">{t('page.back')}</Link>}
        />
      }
    >
      {(data) => <Loaded key={id} detail={data} />}
    </RecordPage>
  );
}

type Form = 'correct' | 'published' | 'end' | { done: SanctionDuty } | { reopen: SanctionDuty };

function Loaded({ detail }: { detail: SanctionDetail }) {
  const { t } = useTranslation('sanction');
  const [form, setForm] = useState<Form | null>(null);
  const close = (): void => setForm(null);
  const { state, canRecord } = detail;
  const print = useMutation({
    mutationFn: () => api.sanctions.letter({ id: state.id }),
    onSuccess: (file) => openFile(file, false),
  });
  const notice = useMutation({
    mutationFn: () => api.sanctions.notice({ id: state.id }),
    onSuccess: (file) => openFile(file, false),
  });
  const next = state.duties.find(({ done }) => done === null);
  return (
    <Page
      title={`${state.organ} ${state.number}`}
      tags={<VerdictTag eligibility={detail.eligibility} />}
      actions={
        canRecord ? (
          <>
            <Button loading={print.isPending} onClick={() => print.mutate()}>
              {t('letter')}
            </Button>
            <Button loading={notice.isPending} onClick={() => notice.mutate()}>
              {t('notice.print')}
            </Button>
            <Button onClick={() => setForm('correct')}>{t('correct.title')}</Button>
            {state.publishedOn === null ? (
              <Button onClick={() => setForm('published')}>{t('published.title')}</Button>
            ) : null}
            {next === undefined ? null : <Button onClick={() => setForm('end')}>{t('end.title')}</Button>}
          </>
        ) : null
      }
      primary={
        !canRecord ? undefined : next === undefined ? (
          <Button type="primary" onClick={() => setForm('end')}>
            {t('end.title')}
          </Button>
        ) : (
          <Button type="primary" onClick={() => setForm({ done: next })}>
            {t('duty.done')}
          </Button>
        )
      }
    >
      {print.error ? <ErrorNotice error={print.error} kept={false} /> : null}
      {notice.error ? <ErrorNotice error={notice.error} kept={false} /> : null}
      <Likely detail={detail} />
      <div className="heshi-columns heshi-sanction-page">
        <div className="heshi-stack">
          <Card size="small" title={<h2>{t('page.verdict')}</h2>}>
            <VerdictCard detail={detail} />
          </Card>
          <Card size="small" title={<h2>{t('page.duties')}</h2>}>
            <Duties detail={detail} onForm={setForm} />
          </Card>
        </div>
        <div className="heshi-stack">
          <Card size="small" title={<h2>{t('page.facts')}</h2>}>
            <Facts detail={detail} />
          </Card>
          <Documents key={state.revision} detail={detail} />
          <Card size="small" title={<h2>{t('page.timeline')}</h2>}>
            <SanctionHistory detail={detail} />
          </Card>
        </div>
      </div>
      {form === null ? null : <Opened form={form} detail={detail} onClose={close} />}
    </Page>
  );
}

function Opened({ form, ...props }: { form: Form; detail: SanctionDetail; onClose: () => void }): ReactNode {
  if (form === 'correct') return <CorrectDialog {...props} />;
  if (form === 'published') return <PublishedDialog {...props} />;
  if (form === 'end') return <EndDialog {...props} />;
  return 'done' in form ? (
    <DutyDialog duty={form.done} {...props} />
  ) : (
    <ReopenDialog duty={form.reopen} {...props} />
  );
}

/** Other records of the merchant that bear its number, whoever decided. */
function Likely({ detail: { state, canRecord } }: { detail: SanctionDetail }) {
  const { t } = useTranslation('sanction');
  const { merchantId, organ, number } = state;
  const known = useQuery({
    queryKey: ['sanctions', 'known', state.id, organ, number],
    queryFn: () => api.sanctions.known({ merchantId, organ, number }),
    enabled: canRecord,
  });
  const likely = known.data?.likely.filter(({ id }) => id !== state.id) ?? [];
  if (likely.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('page.likely')}
      description={likely.map(({ id, title }) => (
        <div key={id}>
          <Link to={`/sanctions/${id}`}>{title}</Link>
        </div>
      ))}
    />
  );
}

function Duties({
  detail: { state, canRecord },
  onForm,
}: {
  detail: SanctionDetail;
  onForm: (form: Form) => void;
}) {
  const { t } = useTranslation('sanction');
  if (state.duties.length === 0) return <div className="heshi-muted">{t('page.noDuties')}</div>;
  return (
    <ul className="heshi-sanction-list" aria-label={t('page.duties')}>
      {state.duties.map((duty) => (
        <li key={duty.dutyId} className="heshi-sanction-duty">
          <div>
            <StatusTag tone={duty.done === null ? 'warning' : 'good'}>
              {t(duty.done === null ? 'duty.open' : 'duty.isDone')}
            </StatusTag>{' '}
            {duty.text}
            {duty.done === null ? null : (
              <div className="heshi-muted">
                {duty.done.on} · {duty.done.proof || duty.done.evidence} · {duty.done.by.name}
              </div>
            )}
          </div>
          {!canRecord ? null : duty.done === null ? (
            <Button size="small" onClick={() => onForm({ done: duty })}>
              {t('duty.done')}
            </Button>
          ) : (
            <Button size="small" onClick={() => onForm({ reopen: duty })}>
              {t('duty.reopen')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Facts({ detail: { state, unitName } }: { detail: SanctionDetail }) {
  const { t } = useTranslation('sanction');
  const { ended } = state;
  const day = (value: string | null): ReactNode => (
    <span className="heshi-sanction-day">{value ?? t('page.unknownDay')}</span>
  );
  const row = (key: string, label: string, children: ReactNode) => ({ key, label, children });
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        row(
          'merchant',
          t('field.merchant'),
          <div>
            <Link to={`/merchants/${state.merchantId}`}>{state.merchantName}</Link>
            <div className="heshi-muted">{unitName}</div>
          </div>,
        ),
        row('kind', t('field.kind'), t(`kind.${state.kind}`)),
        ...(state.class === null ? [] : [row('class', t('field.class'), t(`class.${state.class}`))]),
        ...(state.measures.length === 0
          ? []
          : [
              row(
                'measures',
                t('field.measures'),
                state.measures.map((one) => t(`measure.${one}`)).join(t('join')),
              ),
            ]),
        ...(state.areas.length === 0
          ? []
          : [row('areas', t('field.areas'), state.areas.map((one) => t(`area.${one}`)).join(t('join')))]),
        row('determined', t('field.determinedOn'), day(state.determinedOn)),
        row('published', t('field.publishedOn'), day(state.publishedOn)),
        row('channel', t('field.channel'), t(`channel.${state.channel}`)),
        ...(state.restrictedUntil === null
          ? []
          : [row('restricted', t('field.restrictedUntil'), day(state.restrictedUntil))]),
        ...(state.text === ''
          ? []
          : [row('text', t('field.text'), <span className="heshi-as-typed">{state.text}</span>)]),
        ...(ended === null
          ? []
          : [
              row(
                'ended',
                t('page.ended'),
                <>
                  {t(`cause.${ended.cause}`)} · {day(ended.on)}
                  {ended.number === null ? null : ` · ${ended.number}`}
                </>,
              ),
            ]),
      ]}
    />
  );
}

const KNOWN = new Set(Object.keys(sanctionSchemas));

function SanctionHistory({ detail: { timeline } }: { detail: SanctionDetail }) {
  const { t } = useTranslation('sanction');
  const say = useDataWords();
  return (
    <History
      entries={timeline}
      title={({ type, version }) =>
        KNOWN.has(`${type}@${version}`) ? say(`sanction:event.${type}`) : t('unknownEvent', { type, version })
      }
      body={({ payload }) =>
        typeof payload === 'object' && payload !== null && 'reason' in payload ? String(payload.reason) : null
      }
    />
  );
}
