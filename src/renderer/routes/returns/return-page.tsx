import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { z } from 'zod';
import type { TimelineEntry } from '../../../contract/workstation/cases.ts';
import type { ReturnDetail } from '../../../contract/workstation/returns.ts';
import { returnSchemas } from '../../../domain/return/events.ts';
import { api } from '../../api/client.ts';
import { asApiError } from '../../api/errors.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Money } from '../../components/money.tsx';
import { Page } from '../../components/page.tsx';
import { History } from '../../components/timeline.tsx';
import { When } from '../../components/when.tsx';
import { GrantForm, RefuseForm } from './decision-forms.tsx';
import { DisputeForm } from './dispute-form.tsx';
import type { Reason } from './reason-words.ts';
import { ReturnStatusTag } from './tags.tsx';
import { Verdict } from './verdict.tsx';
import './returns.css';

type Form = 'grant' | 'refuse' | 'dispute';

/** One return: what was asked, what the promise says, what was decided, and the one thing to do next. */
export function ReturnPage() {
  const { t } = useTranslation('returns');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['returns', 'get', id], queryFn: () => api.returns.get({ id }) });
  if (detail.data) return <Loaded key={id} detail={detail.data} />;
  return (
    <Page title={t('title')}>
      {!detail.error ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : asApiError(detail.error).code === 'NOT_FOUND' ? (
        <EmptyState
          title={t('page.notFound')}
          text={t('page.notFoundText')}
          action={<Link to="/returns">{t('page.backToList')}</Link>}
        />
      ) : (
        <ErrorNotice error={detail.error} kept={false} />
      )}
    </Page>
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
            <Timeline entries={detail.timeline} />
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

function Asked({ detail: { state, summary, commitment } }: { detail: ReturnDetail }) {
  const { t } = useTranslation('returns');
  const { request, consumer } = state;
  const proof = [t(`proof.${request.proofType}`), request.proofNumber].filter(Boolean).join(' ');
  return (
    <Card size="small" title={<h2>{t('page.asked')}</h2>}>
      <Descriptions
        size="small"
        column={2}
        items={[
          { key: 'goods', label: t('page.goods'), children: request.goodsName },
          { key: 'category', label: t('page.category'), children: t(`goods.${request.goodsCategory}`) },
          { key: 'amount', label: t('page.amount'), children: <Money fen={request.amountFen} /> },
          { key: 'purchasedOn', label: t('page.purchasedOn'), children: request.purchasedOn },
          { key: 'condition', label: t('page.condition'), children: t(`condition.${request.condition}`) },
          { key: 'proof', label: t('page.proof'), children: proof },
          {
            key: 'gift',
            label: t('page.gift'),
            children: (
              <>
                {t(`gift.${request.gift}`)}{' '}
                {request.giftPriceFen === null ? null : <Money fen={request.giftPriceFen} />}
              </>
            ),
          },
          {
            key: 'consumer',
            label: t('page.consumer'),
            children: `${consumer.name} · ${consumer.phone ?? t('page.noPhone')}`,
          },
          {
            key: 'merchant',
            label: t('page.merchant'),
            children: <Link to={`/merchants/${state.merchantId}`}>{state.merchantName}</Link>,
          },
          {
            key: 'promise',
            label: t('page.promise'),
            children: commitment
              ? t('page.promiseText', { version: commitment.version, days: commitment.windowDays })
              : t('page.promiseNone'),
          },
          {
            key: 'requestedBy',
            label: t('page.requestedBy'),
            children: (
              <>
                {t('page.requestedText', { name: state.requestedBy, unit: summary.unitName })} ·{' '}
                <When at={state.requestedAt} />
              </>
            ),
          },
          ...(request.confirmedUnsuitable
            ? [{ key: 'unsuitable', label: t('page.remark'), children: t('page.unsuitable') }]
            : []),
        ]}
      />
    </Card>
  );
}

function Decision({ detail: { state } }: { detail: ReturnDetail }) {
  const { t } = useTranslation('returns');
  const by = (
    <p style={{ margin: '6px 0 0' }}>
      {t('page.decidedBy')} {state.decidedBy}{' '}
      {state.decidedAt === null ? null : <When at={state.decidedAt} />}
    </p>
  );
  return (
    <Card size="small" title={<h2>{t('page.decision')}</h2>}>
      {state.status === 'granted' ? (
        <>
          <strong>
            {t('page.grantedText')} <Money fen={state.refundFen} />
          </strong>
          <p style={{ margin: '6px 0 0' }}>
            {t('page.route')} {state.route === null ? '' : t(`route.${state.route}`)} · {t('page.refundedOn')}{' '}
            {state.refundedOn}
          </p>
          {by}
        </>
      ) : (
        <>
          <strong>
            {t('page.refusedText', { ground: state.refusal ? t(`ground.${state.refusal.ground}`) : '' })}
          </strong>
          <p style={{ margin: '6px 0 0', whiteSpace: 'pre-wrap' }}>{state.refusal?.text}</p>
          {by}
        </>
      )}
    </Card>
  );
}

const KNOWN = new Set(Object.keys(returnSchemas));

function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation('returns');
  const { t: tCases } = useTranslation('cases');
  const title = ({ type, version }: TimelineEntry): string =>
    KNOWN.has(`${type}@${version}`)
      ? tCases(`event.${type}`)
      : tCases('page.unknownEvent', { type, version });
  const body = ({ type, version, payload }: TimelineEntry) => {
    const key = `${type}@${version}`;
    if (key === 'return-granted@1') {
      const read = returnSchemas[key].safeParse(payload);
      return read.success ? (
        <div>
          <Money fen={read.data.refundFen} /> · {t(`route.${read.data.route}`)}
        </div>
      ) : null;
    }
    if (key === 'return-refused@1') {
      const read = returnSchemas[key].safeParse(payload);
      return read.success ? (
        <div style={{ whiteSpace: 'pre-wrap' }}>
          {t(`ground.${read.data.ground}`)} · {read.data.text}
        </div>
      ) : null;
    }
    if (key === 'return-disputed@1') {
      const read = z.object({ caseId: z.string() }).safeParse(payload);
      return read.success ? <Link to={`/cases/${read.data.caseId}`}>{t('page.openLinkedCase')}</Link> : null;
    }
    return null;
  };
  return <History entries={entries} title={title} body={body} />;
}
