import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { uuidv7 } from 'uuidv7';
import type { AllianceDetail, DiscountView } from '../../contract/workstation/alliance.ts';
import { EVERYBODY } from '../../domain/alliance/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { When } from '../kernel/components/when.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { CheckDialog } from './check-dialog.tsx';
import { DiscountDialog, type DiscountForm } from './discount-dialog.tsx';
import { useAct } from './use-act.ts';
import { useOffWords, useRuleWords } from './wordings.ts';
import './alliance.css';

type Doing =
  | { what: 'leave' }
  | { what: 'discount'; form: DiscountForm }
  | { what: 'end' | 'check'; discount: DiscountView };

/** One shop of the alliance: its discounts, the checks at its desk, and what happened. */
export function AllianceShopPage() {
  const { t } = useTranslation('alliance');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['alliance', 'get', id], queryFn: () => api.alliance.get({ id }) });
  return (
    <RecordPage
      query={detail}
      title={t('title')}
      gone={
        <EmptyState
          title={t('notFound')}
          text={t('notFoundText')}
          action={<Link to="/alliance">{t('back')}</Link>}
        />
      }
    >
      {(data) => <Loaded key={id} detail={data} />}
    </RecordPage>
  );
}

function Loaded({ detail }: { detail: AllianceDetail }) {
  const { t } = useTranslation('alliance');
  const say = useDataWords();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { state, canHandle, rules, unitName } = detail;
  const sayRule = useRuleWords();
  const close = (): void => setDoing(null);
  const changes = canHandle && state.left === null;
  const offer = (kind: 'percent' | 'amount'): void =>
    setDoing({ what: 'discount', form: { kind, before: null } });
  return (
    <Page
      title={state.merchantName}
      actions={
        changes ? (
          <>
            <Button onClick={() => setDoing({ what: 'leave' })}>{t('step.alliance-left')}</Button>
            <Button onClick={() => offer('amount')}>{t('offerAmount')}</Button>
          </>
        ) : undefined
      }
      primary={
        changes ? (
          <Button type="primary" onClick={() => offer('percent')}>
            {t('offerPercent')}
          </Button>
        ) : undefined
      }
    >
      <p>
        {unitName}
        {state.left === null
          ? null
          : ` · ${t('leftBecause', { on: businessDay(state.left.by.at), reason: state.left.reason })}`}
      </p>
      <div className="heshi-alliance">
        <Discounts detail={detail} onDo={setDoing} />
        <Checks detail={detail} />
        <Card size="small" title={<h2>{t('history')}</h2>}>
          <History entries={detail.timeline} title={({ type }) => say(`alliance:step.${type}`)} />
        </Card>
        {rules.tag === 'assumption' ? (
          <p className="heshi-hint">
            {t('provisional', { source: sayRule(rules.source), version: rules.version })}
          </p>
        ) : null}
      </div>
      {doing?.what === 'discount' ? (
        <DiscountDialog detail={detail} form={doing.form} onClose={close} />
      ) : null}
      {doing?.what === 'check' ? (
        <CheckDialog detail={detail} discount={doing.discount} onClose={close} />
      ) : null}
      {doing?.what === 'leave' || doing?.what === 'end' ? (
        <ReasonDialog detail={detail} ended={doing.what === 'end' ? doing.discount : null} onClose={close} />
      ) : null}
    </Page>
  );
}

/** Leaving, or ending one discount: both with their reason. */
function ReasonDialog({
  detail,
  ended,
  onClose,
}: {
  detail: AllianceDetail;
  ended: DiscountView | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('alliance');
  const act = useAct(detail);
  return (
    <Dialog
      title={t(ended === null ? 'step.alliance-left' : 'step.discount-ended')}
      text={ended?.what}
      onClose={onClose}
      fields={[{ kind: 'long', name: 'reason', label: t('field.reason') }]}
      save={(values, eventId) => {
        const reason = String(values['reason']);
        return act(
          ended === null
            ? { step: 'alliance-left', payload: { reason } }
            : { step: 'discount-ended', payload: { discountId: ended.discountId, reason } },
          eventId,
        );
      }}
    />
  );
}

const TONES: Record<DiscountView['standing'], Tone> = {
  'in-force': 'good',
  'to-come': 'warning',
  over: 'neutral',
};

function Discounts({ detail, onDo }: { detail: AllianceDetail; onDo: (doing: Doing) => void }) {
  const { t } = useTranslation('alliance');
  const { t: tCommon } = useTranslation('common');
  const { message } = App.useApp();
  const say = useRuleWords();
  const offWords = useOffWords();
  const act = useAct(detail);
  const using = useMutation({
    mutationFn: ({ discountId }: DiscountView) =>
      act({ step: 'open-discount-used', payload: { discountId } }, uuidv7()),
    onSuccess: () => void message.success(tCommon('savedHere')),
  });
  const { discounts, canHandle, canCheck, state } = detail;
  const steps = (one: DiscountView) => {
    const step = (key: string, label: string, onClick: () => void) => (
      <Button key={key} size="small" aria-label={`${label} ${one.what}`} onClick={onClick}>
        {label}
      </Button>
    );
    const inForce = one.standing === 'in-force';
    const all = [
      ...(inForce && canCheck && one.level !== EVERYBODY
        ? [step('check', t('check.do'), () => onDo({ what: 'check', discount: one }))]
        : []),
      ...(inForce && canHandle && one.level === EVERYBODY
        ? [step('use', t('step.open-discount-used'), () => using.mutate(one))]
        : []),
      ...(canHandle && one.standing !== 'over'
        ? [
            step('change', t('step.discount-changed'), () =>
              onDo({ what: 'discount', form: { kind: one.off.kind, before: one } }),
            ),
            step('end', t('step.discount-ended'), () => onDo({ what: 'end', discount: one })),
          ]
        : []),
    ];
    return <span className="heshi-row">{state.left === null ? all : null}</span>;
  };
  return (
    <Card size="small" title={<h2>{t('discounts')}</h2>}>
      {using.error ? <ErrorNotice error={using.error} /> : null}
      {discounts.length === 0 ? (
        <p className="heshi-hint">{t('noDiscounts')}</p>
      ) : (
        <Table
          aria-label={t('discounts')}
          size="small"
          rowKey="discountId"
          dataSource={discounts}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          columns={[
            {
              key: 'what',
              title: t('column.what'),
              render: (_, { what, off }) => `${what} · ${offWords(off)}`,
            },
            {
              key: 'forWhom',
              title: t('column.forWhom'),
              render: (_, { forWhom }) => (forWhom === null ? t('unknownLevel') : say(forWhom)),
            },
            {
              key: 'period',
              title: t('column.period'),
              className: 'heshi-nowrap',
              render: (_, { from, until }) => t('period', { from, until }),
            },
            {
              key: 'standing',
              title: t('column.status'),
              width: 110,
              render: (_, { standing }) => (
                <StatusTag tone={TONES[standing]}>{t(`standing.${standing}`)}</StatusTag>
              ),
            },
            { key: 'steps', title: t('column.steps'), render: (_, one) => steps(one) },
          ]}
        />
      )}
    </Card>
  );
}

function Checks({ detail: { checks, canCheck, state } }: { detail: AllianceDetail }) {
  const { t } = useTranslation('alliance');
  const { t: tCommon } = useTranslation('common');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const using = useMutation({
    mutationFn: (checkId: string) => api.alliance.use({ checkId, eventId: uuidv7() }),
    onSuccess: (next) => {
      queries.setQueryData(['alliance', 'get', state.id], next);
      void message.success(tCommon('savedHere'));
    },
  });
  if (!canCheck && checks.length === 0) return null;
  return (
    <Card size="small" title={<h2>{t('checks')}</h2>}>
      {using.error ? <ErrorNotice error={using.error} /> : null}
      {checks.length === 0 ? (
        <p className="heshi-hint">{t('noChecks')}</p>
      ) : (
        <Table
          aria-label={t('checks')}
          size="small"
          rowKey="id"
          dataSource={checks}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          columns={[
            { key: 'at', title: t('column.at'), render: (_, { at }) => <When at={at} />, width: 150 },
            { key: 'what', title: t('column.what'), dataIndex: 'what' },
            {
              key: 'result',
              title: t('column.result'),
              width: 130,
              render: (_, { qualifies }) => (
                <StatusTag tone={qualifies ? 'good' : 'neutral'}>{t(qualifies ? 'yes' : 'no')}</StatusTag>
              ),
            },
            {
              key: 'rules',
              title: t('column.rules'),
              width: 110,
              render: (_, { rulesVersion: version }) => t('version', { version }),
            },
            { key: 'by', title: t('column.by'), dataIndex: 'byName', width: 120 },
            {
              key: 'use',
              title: t('column.use'),
              width: 140,
              render: (_, { id, canUse, used, what }) =>
                used !== null ? (
                  t('usedAt')
                ) : canUse ? (
                  <Button
                    size="small"
                    aria-label={`${t('step.discount-used')} ${what}`}
                    loading={using.isPending}
                    onClick={() => using.mutate(id)}
                  >
                    {t('step.discount-used')}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
    </Card>
  );
}
