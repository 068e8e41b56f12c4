import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { PrivacyDetail } from '../../contract/workstation/privacy.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { privacySchemas } from '../../domain/privacy/index.ts';
import { RevealDialog } from '../case/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { intoView } from '../kernel/components/into-view.ts';
import { openFile } from '../kernel/components/open-file.ts';
import { Page } from '../kernel/components/page.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { When } from '../kernel/components/when.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { DecideForm } from './decide-form.tsx';
import { RecordsTable } from './records-table.tsx';
import { AnswerDialog, WithdrawDialog } from './step-dialogs.tsx';
import { PrivacyDueTag, PrivacyStatusTag } from './tags.tsx';
import './privacy.css';

/** One request: who asks what of which records, what was decided, and the one thing to do next. */
export function RequestPage() {
  const { t } = useTranslation('privacy');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['privacy', 'get', id], queryFn: () => api.privacy.get({ id }) });
  return (
    <RecordPage
      personal
      query={detail}
      title={t('title')}
      gone={
        <EmptyState
          title={t('page.notFound')}
          text={t('page.notFoundText')}
          action={<Link to="/privacy">{t('page.back')}</Link>}
        />
      }
    >
      {(data) => <Loaded key={id} detail={data} />}
    </RecordPage>
  );
}

type Form = 'decide' | 'answer' | 'withdraw';

function Loaded({ detail }: { detail: PrivacyDetail }) {
  const { t } = useTranslation('privacy');
  const queries = useQueryClient();
  const [form, setForm] = useState<Form | null>(null);
  const { state, canDecide, canPrint, canAnswer, canWithdraw, printedAt } = detail;
  const close = (): void => setForm(null);
  const print = useMutation({
    mutationFn: () => api.privacy.print({ id: state.id }),
    onSuccess: (file) => {
      openFile(file, true);
      void queries.invalidateQueries({ queryKey: ['privacy', 'get', state.id] });
    },
  });
  const printed = printedAt !== null;
  // What is to be done next comes first: to decide, to print, and once it was printed, to record that it was given.
  const steps = [
    ...(canDecide && form !== 'decide'
      ? [{ key: 'decide', label: t('decide.action'), act: () => setForm('decide') }]
      : []),
    ...(canAnswer && printed
      ? [{ key: 'answer', label: t('answer.title'), act: () => setForm('answer') }]
      : []),
    ...(canPrint ? [{ key: 'print', label: t('page.print'), act: () => print.mutate() }] : []),
  ];
  // Printing what was answered is nothing that has to be done.
  const open = state.status === 'received' || state.status === 'decided';
  const buttons = steps.map(({ key, label, act }, place) => (
    <Button
      key={key}
      {...(open && place === 0 ? { type: 'primary' as const } : {})}
      loading={key === 'print' && print.isPending}
      onClick={act}
    >
      {label}
    </Button>
  ));
  return (
    <Page
      title={t('page.title', { number: state.number })}
      tags={
        <>
          <PrivacyStatusTag status={state.status} />
          {detail.summary.due === null ? null : <PrivacyDueTag due={detail.summary.due} />}
        </>
      }
      actions={
        <>
          {canWithdraw ? <Button onClick={() => setForm('withdraw')}>{t('withdraw.title')}</Button> : null}
          {buttons.slice(1)}
        </>
      }
      primary={buttons[0]}
    >
      {print.error ? <ErrorNotice error={print.error} kept={false} /> : null}
      {state.status === 'received' && !canDecide && detail.passedTo !== null ? (
        <Alert type="info" showIcon title={t('page.passedTo', { unit: detail.passedTo })} />
      ) : null}
      {canAnswer && !printed ? <Alert type="info" showIcon title={t('page.printFirst')} /> : null}
      <div className="heshi-columns">
        <div className="heshi-stack heshi-privacy-page">
          <Asked detail={detail} />
          {form === 'decide' && canDecide ? (
            <div ref={intoView}>
              <DecideForm key={state.revision} detail={detail} onClose={close} />
            </div>
          ) : null}
          <Card size="small" title={<h2>{t('page.records')}</h2>}>
            <RecordsTable detail={detail} />
          </Card>
          <Card size="small" title={<h2>{t('page.timeline')}</h2>}>
            <RequestHistory detail={detail} />
          </Card>
        </div>
        <div className="heshi-privacy-side heshi-privacy-page">
          <Card size="small" title={<h2>{t('page.due')}</h2>}>
            <Standing detail={detail} />
          </Card>
        </div>
      </div>
      {form === 'answer' && canAnswer ? <AnswerDialog detail={detail} onClose={close} /> : null}
      {form === 'withdraw' && canWithdraw ? <WithdrawDialog detail={detail} onClose={close} /> : null}
    </Page>
  );
}

function Asked({ detail: { state, canReveal, summary } }: { detail: PrivacyDetail }) {
  const { t } = useTranslation('privacy');
  const [asking, setAsking] = useState(false);
  const [revealed, setRevealed] = useState<string | null>(null);
  const { requester } = state;
  return (
    <Card size="small" title={<h2>{t('page.asked')}</h2>}>
      <Descriptions
        size="small"
        column={2}
        items={[
          { key: 'what', label: t('whatLabel'), children: t(`what.${state.what}`) },
          { key: 'who', label: t('page.who'), children: `${requester.name} · ${t(`as.${requester.as}`)}` },
          {
            key: 'phone',
            label: t('page.phone'),
            children: (
              <span className="heshi-row">
                {revealed ?? requester.phone}
                {canReveal && revealed === null ? (
                  <Button size="small" onClick={() => setAsking(true)}>
                    {t('page.reveal')}
                  </Button>
                ) : null}
                <RevealDialog
                  open={asking}
                  onClose={() => setAsking(false)}
                  ask={async (reason) => {
                    setRevealed((await api.privacy.reveal({ id: state.id, reason })).phone);
                    setAsking(false);
                  }}
                />
              </span>
            ),
          },
          { key: 'identity', label: t('page.identity'), children: t(`identity.${state.identity}`) },
          ...(requester.authority === null
            ? []
            : [{ key: 'authority', label: t('page.authority'), span: 2, children: requester.authority }]),
          ...(state.wish === ''
            ? []
            : [
                {
                  key: 'wish',
                  label: t('page.wish'),
                  span: 2,
                  children: <span className="heshi-as-typed">{state.wish}</span>,
                },
              ]),
          {
            key: 'received',
            label: t('page.received'),
            span: 2,
            children: (
              <>
                {t('page.receivedText', { name: state.received.name, unit: summary.unitName })} ·{' '}
                <When at={state.received.at} />
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** Until when, by whom it was decided, and how the answer reached the requester. */
function Standing({ detail: { state, summary, decidedIn, printedAt } }: { detail: PrivacyDetail }) {
  const { t } = useTranslation('privacy');
  const { answered, withdrawn, decided } = state;
  return (
    <div className="heshi-stack-s">
      {summary.due === null ? null : <div>{t('due.hint', { day: businessDay(summary.due.dueAt) })}</div>}
      {decided === null || decidedIn === null ? null : (
        <div>
          {t('page.decidedIn', { unit: decidedIn })}
          <div className="heshi-muted">
            {decided.by.name} · <When at={decided.by.at} />
          </div>
        </div>
      )}
      {printedAt === null ? null : (
        <div className="heshi-muted">
          {t('page.printed')} <When at={printedAt} />
        </div>
      )}
      {answered === null ? null : (
        <div>
          {t('page.answeredText', { day: answered.answeredOn, manner: t(`manner.${answered.manner}`) })}
          <div className="heshi-muted heshi-breaks">
            {t('page.sha256')} {answered.sha256}
          </div>
        </div>
      )}
      {withdrawn === null ? null : (
        <div>
          {t('page.withdrawn')}
          <div className="heshi-as-typed">{withdrawn.reason}</div>
        </div>
      )}
    </div>
  );
}

const KNOWN = new Set(Object.keys(privacySchemas));

function RequestHistory({ detail: { timeline } }: { detail: PrivacyDetail }) {
  const { t } = useTranslation('privacy');
  const say = useDataWords();
  return (
    <History
      entries={timeline}
      title={({ type, version }) =>
        KNOWN.has(`${type}@${version}`) ? say(`cases:event.${type}`) : t('unknownEvent', { type, version })
      }
    />
  );
}
