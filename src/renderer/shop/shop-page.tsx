import { useQuery } from '@tanstack/react-query';
import { Button, Card, Select, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ShopDesk } from '../../contract/workstation/shop.ts';
import { CaseTable } from '../case/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { useAddressFilters } from '../kernel/kit/list-page.tsx';
import { ShopGrade } from './shop-grade.tsx';
import { PromiseCard } from './shop-promise.tsx';
import { ShopReturns } from './shop-returns.tsx';
import { SheetCard } from './shop-sheet.tsx';
import './shop.css';

const ASK_AGAIN_MS = 60_000;

/** A shop's day: what waits for a decision or a first answer, what it promises, how it is graded, and its month. */
export function ShopPage() {
  const { t } = useTranslation('shop');
  const common = useTranslation('common');
  const navigate = useNavigate();
  const filters = useAddressFilters();
  const merchantId = filters.text('merchant');
  const desk = useQuery({
    queryKey: ['shop', 'desk', merchantId ?? null],
    queryFn: () => api.shop.desk(merchantId === undefined ? {} : { merchantId }),
    refetchInterval: ASK_AGAIN_MS,
  });
  const { data } = desk;
  const choice =
    data && data.merchants.length > 1 ? (
      <Select<string>
        aria-label={t('merchant')}
        className="heshi-choice-l"
        value={data.account?.merchantId ?? ''}
        onChange={(id) => filters.set('merchant', id)}
        showSearch={{ optionFilterProp: 'label' }}
        options={data.merchants.map(({ id, name }) => ({ value: id, label: name }))}
      />
    ) : undefined;
  return (
    <Page
      title={data?.account ? `${t('title')} · ${data.account.name}` : t('title')}
      actions={
        <>
          {choice}
          <Button onClick={() => void navigate('/cases/new')}>{common.t('action.newCase')}</Button>
        </>
      }
      primary={
        <Button type="primary" onClick={() => void navigate('/returns/new')}>
          {common.t('action.newReturn')}
        </Button>
      }
    >
      {desk.error ? <ErrorNotice error={desk.error} kept={false} /> : null}
      {data ? <Loaded desk={data} /> : <Skeleton active />}
    </Page>
  );
}

function Loaded({ desk }: { desk: ShopDesk }) {
  const { t } = useTranslation('shop');
  const { account } = desk;
  return (
    <div className="heshi-columns heshi-shop">
      <div className="heshi-shop-column">
        <ShopReturns desk={desk} />
        <Disputes desk={desk} />
        {account === null ? null : (
          <SheetCard key={account.merchantId} merchantId={account.merchantId} day={desk.day} />
        )}
      </div>
      <div className="heshi-shop-column">
        {account === null ? (
          <EmptyState title={t('noMerchant')} text={t('noMerchantText')} />
        ) : (
          <>
            <ShopGrade account={account} />
            <PromiseCard account={account} />
          </>
        )}
      </div>
    </div>
  );
}

function Disputes({ desk: { disputes, disputesOpen } }: { desk: ShopDesk }) {
  const { t } = useTranslation('shop');
  const more = disputesOpen - disputes.length;
  return (
    <Card size="small" title={<h2>{t('disputes.title')}</h2>}>
      {disputes.length === 0 ? (
        <EmptyState title={t('disputes.none')} />
      ) : (
        <>
          <p className="heshi-flush-top">{t('disputes.text')}</p>
          <div role="region" aria-label={t('disputes.label')} tabIndex={0} className="heshi-shop-table">
            <CaseTable items={disputes} label={t('disputes.label')} brief />
          </div>
          {more > 0 ? <p>{t('disputes.more', { count: more })}</p> : null}
        </>
      )}
    </Card>
  );
}
