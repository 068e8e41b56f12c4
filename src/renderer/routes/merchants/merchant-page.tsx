import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Skeleton, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { MerchantDetail } from '../../../contract/workstation/merchants.ts';
import { api } from '../../api/client.ts';
import { asApiError } from '../../api/errors.ts';
import { useSession } from '../../app/session-gate.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { CommitmentForm } from './commitment-forms.tsx';
import { Commitments } from './commitments.tsx';
import { MerchantForm } from './merchant-form.tsx';
import './merchants.css';

/** One merchant: who it is, what it promised, and what this desk knows of it. */
export function MerchantPage() {
  const { t } = useTranslation('merchants');
  const { id = '' } = useParams();
  const merchant = useQuery({ queryKey: ['merchants', 'get', id], queryFn: () => api.merchants.get({ id }) });
  if (merchant.data) return <Loaded key={id} merchant={merchant.data} />;
  return (
    <Page title={t('title')}>
      {!merchant.error ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : asApiError(merchant.error).code === 'NOT_FOUND' ? (
        <EmptyState
          title={t('page.notFound')}
          text={t('page.notFoundText')}
          action={<Link to="/merchants">{t('page.backToList')}</Link>}
        />
      ) : (
        <ErrorNotice error={merchant.error} kept={false} />
      )}
    </Page>
  );
}

function Loaded({ merchant }: { merchant: MerchantDetail }) {
  const { t } = useTranslation('merchants');
  const navigate = useNavigate();
  const { staff } = useSession();
  const [form, setForm] = useState<'edit' | 'commitment' | null>(null);
  const { state, summary, counts, canEdit } = merchant;
  const close = (): void => setForm(null);
  const known = (text: string | null) => text ?? t('page.unknown');
  return (
    <Page
      title={state.name}
      tags={
        state.invented ? (
          <Tooltip title={t('list.inventedHint')}>
            <Tag>{t('list.invented')}</Tag>
          </Tooltip>
        ) : undefined
      }
      actions={
        <>
          {canEdit ? <Button onClick={() => setForm('edit')}>{t('page.edit')}</Button> : null}
          {canEdit ? <Button onClick={() => setForm('commitment')}>{t('page.newCommitment')}</Button> : null}
        </>
      }
      primary={
        staff.capabilities.includes('return.handle') ? (
          <Button
            type="primary"
            onClick={() => void navigate(`/returns/new?merchant=${encodeURIComponent(state.id)}`)}
          >
            {t('page.newReturn')}
          </Button>
        ) : undefined
      }
    >
      {canEdit ? null : <Alert type="info" showIcon title={t('page.readOnly')} />}
      <div className="heshi-columns heshi-merchant">
        <Commitments merchant={merchant} />
        <div className="heshi-merchant-column">
          <Card size="small" title={<h2>{t('page.counts')}</h2>}>
            <dl className="heshi-counts">
              <Count
                name={t('page.cases')}
                value={counts.cases}
                href={`/cases?show=all&merchant=${encodeURIComponent(state.id)}`}
              />
              <Count
                name={t('page.open')}
                value={summary.openCases}
                href={`/cases?merchant=${encodeURIComponent(state.id)}`}
              />
              <Count
                name={t('page.returns')}
                value={counts.returns}
                href={`/returns?merchantId=${encodeURIComponent(state.id)}`}
              />
              <Count
                name={t('page.returnsGranted')}
                value={counts.returnsGranted}
                href={`/returns?status=granted&merchantId=${encodeURIComponent(state.id)}`}
              />
            </dl>
            <p style={{ margin: '8px 0 0' }}>
              {t('page.settledOf', { settled: counts.settled, cases: counts.cases })}
            </p>
          </Card>
          <Card size="small" title={<h2>{t('page.about')}</h2>}>
            <Descriptions
              size="small"
              column={1}
              items={[
                { key: 'category', label: t('page.category'), children: t(`category.${state.category}`) },
                { key: 'unit', label: t('page.unit'), children: summary.unitName },
                { key: 'code', label: t('page.creditCode'), children: known(state.creditCode) },
                { key: 'address', label: t('page.address'), children: known(state.address) },
                { key: 'contact', label: t('page.contact'), children: known(state.contactName) },
                { key: 'phone', label: t('page.phone'), children: known(state.phone) },
              ]}
            />
          </Card>
        </div>
      </div>
      {canEdit ? (
        <>
          {/* A new revision brings new fields: the form starts from what is on record. */}
          <MerchantForm
            key={state.revision}
            merchant={merchant}
            open={form === 'edit'}
            onClose={close}
            onSaved={close}
          />
          <CommitmentForm merchant={merchant} open={form === 'commitment'} onClose={close} />
        </>
      ) : null}
    </Page>
  );
}

function Count({ name, value, href }: { name: string; value: number; href: string }) {
  const { t } = useTranslation('merchants');
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === 0 ? (
          0
        ) : (
          <Link to={href} aria-label={`${value} · ${t('page.openOf', { what: name })}`}>
            {value}
          </Link>
        )}
      </dd>
    </div>
  );
}
