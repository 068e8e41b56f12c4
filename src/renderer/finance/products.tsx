import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FinanceDetail, ProductView } from '../../contract/workstation/finance.ts';
import type { Failing } from '../../domain/finance/index.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { useFinanceWords } from './words.ts';

/** Each product with whether the merchant qualifies, and of each condition that it misses what would change it. */
export function Products({ detail }: { detail: FinanceDetail }) {
  const { t, i18n } = useTranslation('finance');
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  return (
    <Table<ProductView>
      aria-label={t('products.label')}
      size="small"
      rowKey="code"
      dataSource={detail.products}
      pagination={false}
      columns={[
        {
          key: 'name',
          title: t('products.name'),
          render: (_, one) => (
            <>
              <strong>{one.name[language]}</strong>
              {one.lenderName === null ? null : (
                <div className="heshi-note">{t('products.lender', { name: one.lenderName })}</div>
              )}
            </>
          ),
        },
        {
          key: 'standing',
          title: t('products.standing'),
          className: 'heshi-nowrap',
          render: (_, one) => (
            <StatusTag tone={one.qualifies ? 'good' : 'neutral'}>
              {t(one.qualifies ? 'products.yes' : 'products.no')}
            </StatusTag>
          ),
        },
        {
          key: 'why',
          title: t('products.why'),
          render: (_, one) => (one.qualifies ? t('products.allHold') : <Missing failing={one.failing} />),
        },
      ]}
    />
  );
}

/** What is missing, one line each: the condition, and below it what would change it. */
export function Missing({ failing }: { failing: readonly Failing[] }) {
  const words = useFinanceWords();
  return (
    <ul className="heshi-finance-missing">
      {failing.map((one) => (
        <li key={one.place}>
          {words.why(one)}
          <span className="heshi-note"> → {words.change(one)}</span>
        </li>
      ))}
    </ul>
  );
}
