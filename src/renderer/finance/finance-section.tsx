import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Card, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FinanceDetail } from '../../contract/workstation/finance.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Consents } from './consents.tsx';
import { Licence } from './licence.tsx';
import { Lines } from './lines.tsx';
import { Products } from './products.tsx';
import { Whitelist } from './whitelist.tsx';
import './finance.css';

/** What a merchant's credit is worth: which products it qualifies for and why not, the whitelist, its consents and lines of credit. */
export function FinanceSection({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('finance');
  const finance = useQuery({
    queryKey: ['finance', 'get', merchantId],
    queryFn: () => api.finance.get({ id: merchantId }),
  });
  const { data } = finance;
  return (
    <Card size="small" className="heshi-finance" title={<h2>{t('title')}</h2>}>
      {finance.error ? <ErrorNotice error={finance.error} kept={false} /> : null}
      {finance.isPending ? <Skeleton active /> : null}
      {data ? (
        <>
          <p className="heshi-note">
            {data.shipped ? t('shipped') : t('version', { version: data.productsVersion })}
          </p>
          <Licence detail={data} />
          <Products detail={data} />
          <Whitelist detail={data} />
          <Consents detail={data} />
          <MerchantLines detail={data} />
        </>
      ) : null}
    </Card>
  );
}

/** The merchant's lines of credit, recorded by a bank's list. */
function MerchantLines({ detail }: { detail: FinanceDetail }) {
  const queries = useQueryClient();
  const { merchantId: id } = detail;
  return (
    <Lines
      {...detail}
      asksCategory={false}
      consents={detail.consents
        .filter(({ standing }) => standing === 'in-force')
        .map(({ state, number }) => ({ value: state.id, label: `${state.recipient.name} · ${number}` }))}
      save={async (line) => {
        queries.setQueryData(['finance', 'get', id], await api.finance.line({ id, line }));
      }}
    />
  );
}
