import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ReturnDetail } from '../../contract/workstation/return.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Page } from '../kernel/components/page.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { GrantForm, RefuseForm } from './decision-forms.tsx';
import { DisputeForm } from './dispute-form.tsx';
import type { Reason } from './reason-words.ts';
import { Asked, Decision } from './return-facts.tsx';
import { ReturnHistory } from './return-history.tsx';
import { ReturnStatusTag } from './tags.tsx';
import { Verdict } from './verdict.tsx';
import './returns.css';

type Form = 'grant' | 'refuse' | 'dispute';

/** One return: what was asked, what the promise says, what was decided, and the one thing to do next. */
export function ReturnPage() {
  const { t } = useTranslation('returns');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['returns', 'get', id], queryFn: () => api.returns.get({ id }) });
  return (
    <RecordPage
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
  const { state, summary, assessment, canDecide, canDispute } = detail;
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
  const primary = canDispute ? (
    <Button type="primary" onClick={() => setForm('dispute')}>
      {t('dispute.action')}
    </Button>
  ) : canDecide ? (
    against ? (
      refuse
    ) : (
      grant
    )
  ) : undefined;
  return (
    <Page
      title={t('page.title', { number: state.number })}
      tags={<ReturnStatusTag status={state.status} />}
      actions={canDecide ? (against ? grant : refuse) : undefined}
      primary={primary}
    >
      {state.caseId === null ? null : (
        <Alert
          type="info"
          showIcon
          title={t('page.linkedCase')}
          action={<Link to={`/cases/${state.caseId}`}>{t('page.openLinkedCase')}</Link>}
        />
      )}
      {state.status === 'requested' && !canDecide ? (
        <Alert type="info" showIcon title={t('page.notYours', { unit: summary.unitName })} />
      ) : null}
      <div className="heshi-columns">
        <div className="heshi-return-page">
          {state.status === 'requested' ? null : <Decision detail={detail} />}
          <Asked detail={detail} />
          <Card size="small" title={<h2>{t('page.timeline')}</h2>}>
            <ReturnHistory entries={detail.timeline} />
          </Card>
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
      {canDispute ? <DisputeForm detail={detail} open={form === 'dispute'} onClose={close} /> : null}
    </Page>
  );
}
