import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ReturnDetail } from '../../contract/workstation/return.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Page } from '../kernel/components/page.tsx';
import { ErasedNotice } from '../kernel/kit/erased-notice.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { GrantForm, RefuseForm } from './decision-forms.tsx';
import { DisputeForm } from './dispute-form.tsx';
import type { Reason } from './reason-words.ts';
import { CaseNotice, DueNotice, Notes, Resolution } from './loop-facts.tsx';
import { InquiryCard } from './inquiry-card.tsx';
import { NoteForm, ResolveForm } from './loop-forms.tsx';
import { Settlement, SettleForm, UnsettleForm } from './settlement.tsx';
import { Asked, Decision } from './return-facts.tsx';
import { ReturnHistory } from './return-history.tsx';
import { ReturnStatusTag } from './tags.tsx';
import { Verdict } from './verdict.tsx';
import './returns.css';

type Form = 'grant' | 'refuse' | 'dispute' | 'resolve' | 'note' | 'settle' | 'unsettle';

/** One return: what was asked, what the promise says, what was decided, and the one thing to do next. */
export function ReturnPage() {
  const { t } = useTranslation('returns');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['returns', 'get', id], queryFn: () => api.returns.get({ id }) });
  return (
    <RecordPage
      personal
      query={detail}
      title={t('title')}
      gone={
        <EmptyState
          title={t('page.notFound')}
          text={t('page.notFoundText')}
          action={<Link to="/returns">{t('page.backToList')}</Link>}
        />
      }
    >
      {(data) => <Loaded key={id} detail={data} />}
    </RecordPage>
  );
}

function Loaded({ detail }: { detail: ReturnDetail }) {
  const { t } = useTranslation('returns');
  const [form, setForm] = useState<Form | null>(null);
  const { state, summary, assessment, canDecide, canDispute, canResolve, canNote, canSettle, due } = detail;
  const reasons: readonly Reason[] = assessment?.reasons ?? state.reasons;
  const against = state.verdict === 'ineligible';
  const close = (): void => setForm(null);
  // The suggestion of the verdict is the primary action; the other one stays at hand.
  const grant = (
    <Button key="grant" {...(against ? {} : { type: 'primary' as const })} onClick={() => setForm('grant')}>
      {t('grant.action')}
    </Button>
  );
  const refuse = (
    <Button key="refuse" {...(against ? { type: 'primary' as const } : {})} onClick={() => setForm('refuse')}>
      {t('refuse.action')}
    </Button>
  );
  const dispute = (
    <Button
      key="dispute"
      {...(canDecide ? {} : { type: 'primary' as const })}
      onClick={() => setForm('dispute')}
    >
      {t('dispute.action')}
    </Button>
  );
  // While it can still be decided, that is the one thing to do, however late.
  const decide = against ? refuse : grant;
  const primary = canResolve ? (
    <Button type="primary" onClick={() => setForm('resolve')}>
      {t('resolve.action')}
    </Button>
  ) : canDecide ? (
    decide
  ) : canDispute ? (
    dispute
  ) : undefined;
  return (
    <Page
      title={t('page.title', { number: state.number })}
      tags={<ReturnStatusTag status={state.status} />}
      actions={
        <>
          {canSettle ? <Button onClick={() => setForm('settle')}>{t('settle.action')}</Button> : null}
          {detail.canUnsettle ? (
            <Button onClick={() => setForm('unsettle')}>{t('unsettle.action')}</Button>
          ) : null}
          {canNote ? <Button onClick={() => setForm('note')}>{t('note.action')}</Button> : null}
          {canDecide && canDispute ? dispute : null}
          {canDecide && canResolve ? decide : null}
          {canDecide ? (against ? grant : refuse) : null}
        </>
      }
      primary={primary}
    >
      <ErasedNotice erased={state.erased} />
      {state.caseId === null ? null : <CaseNotice detail={detail} caseId={state.caseId} />}
      {due ? <DueNotice due={due} /> : null}
      {state.status === 'requested' && !canDecide ? (
        <Alert type="info" showIcon title={t('page.notYours', { unit: summary.unitName })} />
      ) : null}
      <div className="heshi-columns">
        <div className="heshi-return-page">
          {state.status === 'requested' ? null : <Decision detail={detail} />}
          {state.purchasedAt && state.status === 'granted' ? <Settlement detail={detail} /> : null}
          {state.resolution ? <Resolution resolution={state.resolution} /> : null}
          <Asked detail={detail} />
          {detail.inquiry ? <InquiryCard inquiry={detail.inquiry} number={state.number} /> : null}
          <Card size="small" title={<h2>{t('page.timeline')}</h2>}>
            <ReturnHistory entries={detail.timeline} />
          </Card>
          {state.notes ? <Notes notes={state.notes} /> : null}
        </div>
        <div className="heshi-return-side">
          <Card size="small" title={<h2>{t('verdict.title')}</h2>}>
            <Verdict verdict={state.verdict} reasons={reasons} />
          </Card>
        </div>
      </div>
      {canDecide ? (
        <>
          <GrantForm detail={detail} open={form === 'grant'} onClose={close} />
          <RefuseForm detail={detail} reasons={reasons} open={form === 'refuse'} onClose={close} />
        </>
      ) : null}
      {canResolve && detail.linkedCase?.end ? (
        <ResolveForm
          key={`resolve-${state.revision}`}
          detail={detail}
          end={detail.linkedCase.end}
          open={form === 'resolve'}
          onClose={close}
        />
      ) : null}
      {canSettle ? (
        <SettleForm
          key={`settle-${state.revision}`}
          detail={detail}
          open={form === 'settle'}
          onClose={close}
        />
      ) : null}
      {detail.canUnsettle ? (
        <UnsettleForm
          key={`unsettle-${state.revision}`}
          detail={detail}
          open={form === 'unsettle'}
          onClose={close}
        />
      ) : null}
      {canNote ? (
        <NoteForm key={`note-${state.revision}`} detail={detail} open={form === 'note'} onClose={close} />
      ) : null}
      {canDispute ? <DisputeForm detail={detail} open={form === 'dispute'} onClose={close} /> : null}
    </Page>
  );
}
