import { useQuery } from '@tanstack/react-query';
import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DataRead, DisclosureState } from '../../domain/disclosure/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { exactTime } from '../kernel/components/when.tsx';
import './disclosure.css';

/** To whom a merchant's grade was told, what for, and what was said; nothing where it was told nobody. */
export function DisclosureSection({ merchantId }: { merchantId: string }) {
  const told = useQuery({
    queryKey: ['disclosures', 'get', merchantId],
    queryFn: () => api.disclosures.get({ id: merchantId }),
  });
  if (told.error) return <ErrorNotice error={told.error} kept={false} />;
  if (!told.data) return null;
  const { latest, count, reads } = told.data;
  return (
    <>
      {count === 0 ? null : <Grades latest={latest} count={count} />}
      {reads ? <Reads reads={reads} /> : null}
    </>
  );
}

/** Answers about the grade. */
function Grades({ latest, count }: Pick<DisclosureState, 'latest' | 'count'>) {
  const { t } = useTranslation('disclosures');
  return (
    <Card size="small" className="heshi-disclosures" title={<h2>{t('title')}</h2>}>
      <p>{t('text', { count })}</p>
      <Table<DisclosureState['latest'][number]>
        aria-label={t('title')}
        size="small"
        rowKey="disclosureId"
        dataSource={latest}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        columns={[
          {
            key: 'at',
            title: t('at'),
            className: 'heshi-nowrap',
            render: (_, one) => exactTime(one.at),
          },
          {
            key: 'who',
            title: t('who'),
            render: (_, one) => (
              <>
                {one.heldBy}
                <div className="heshi-note">
                  {one.purpose}
                  {one.reference === null ? null : ` · ${one.reference}`}
                </div>
              </>
            ),
          },
          {
            key: 'said',
            title: t('said'),
            render: (_, one) => (
              <>
                {one.state === 'graded' ? `${one.grade} (${one.month})` : t(`state.${one.state}`)}
                <div className="heshi-note">{t(`scope.${one.scope}`)}</div>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** Questions of banks for what the merchant has consented to, told or refused. */
function Reads({ reads: { latest, count } }: { reads: NonNullable<DisclosureState['reads']> }) {
  const { t } = useTranslation('disclosures');
  const finance = useTranslation('finance');
  const itemsOf = (one: DataRead): string =>
    (one.told ? one.items.map(({ item }) => item) : one.items)
      .map((item) => finance.t(`item.${item}`))
      .join(finance.t('separator'));
  return (
    <Card size="small" className="heshi-disclosures" title={<h2>{t('reads.title')}</h2>}>
      <p>{t('reads.text', { count })}</p>
      <Table<DataRead>
        aria-label={t('reads.title')}
        size="small"
        rowKey="disclosureId"
        dataSource={latest}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        columns={[
          { key: 'at', title: t('at'), className: 'heshi-nowrap', render: (_, one) => exactTime(one.at) },
          {
            key: 'who',
            title: t('who'),
            render: (_, one) => (
              <>
                {one.recipient.name}
                <div className="heshi-note">
                  {one.purpose}
                  {one.reference === null ? null : ` · ${one.reference}`}
                </div>
              </>
            ),
          },
          {
            key: 'what',
            title: t('reads.what'),
            render: (_, one) => (
              <>
                {itemsOf(one)}
                <div className="heshi-note">{t(one.told ? 'reads.told' : 'reads.refused')}</div>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
