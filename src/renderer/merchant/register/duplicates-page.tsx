import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { DuplicatePair } from '../../../contract/workstation/merchant.ts';
import { api } from '../../kernel/api/client.ts';
import { useSession } from '../../kernel/app/session.ts';
import { EmptyState } from '../../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../../kernel/components/error-notice.tsx';
import { Page } from '../../kernel/components/page.tsx';
import { Compare } from './compare.tsx';

/** Entries of the register that may be one merchant; two of them, one beside the other, to be merged or left as they are. */
export function DuplicatesPage() {
  const { t } = useTranslation('register');
  const { staff } = useSession();
  const [address, setAddress] = useSearchParams();
  const [first, second] = [address.get('first'), address.get('second')];
  const mayEdit = staff.capabilities.includes('merchant.edit');
  const back = <Link to="/merchants">{t('duplicates.back')}</Link>;
  if (!mayEdit)
    return (
      <Page title={t('duplicates.title')}>
        <EmptyState title={t('duplicates.notAllowed')} text={t('duplicates.notAllowedText')} action={back} />
      </Page>
    );
  if (first !== null)
    return (
      <Page
        title={t('compare.title')}
        actions={<Button onClick={() => setAddress({})}>{t('compare.back')}</Button>}
      >
        <Compare
          key={`${first} ${second}`}
          first={first}
          second={second}
          onChoose={(id) => setAddress({ first, second: id })}
        />
      </Page>
    );
  return (
    <Page title={t('duplicates.title')} actions={back}>
      <Pairs onCompare={(pair) => setAddress({ first: pair.first.id, second: pair.second.id })} />
    </Page>
  );
}

function Pairs({ onCompare }: { onCompare: (pair: DuplicatePair) => void }) {
  const { t } = useTranslation('register');
  const found = useQuery({
    queryKey: ['merchants', 'duplicates'],
    queryFn: () => api.merchants.duplicates(),
  });
  const { data } = found;
  if (found.error) return <ErrorNotice error={found.error} kept={false} />;
  if (data?.pairs.length === 0)
    return <EmptyState title={t('duplicates.none')} text={t('duplicates.noneText')} />;
  const entry = (one: DuplicatePair['first']): React.ReactNode => (
    <>
      <Link to={`/merchants/${one.id}`}>{one.name}</Link>
      <div className="heshi-muted">
        {[one.creditCode, one.unitName].filter((part) => part !== null).join(' · ')}
      </div>
    </>
  );
  return (
    <div className="heshi-stack">
      <p className="heshi-flush" role="status">
        {data === undefined ? '' : t('duplicates.total', { total: data.total })}
      </p>
      <Table
        aria-label={t('duplicates.label')}
        size="small"
        rowKey={({ first, second }) => `${first.id} ${second.id}`}
        dataSource={data?.pairs ?? []}
        loading={found.isPending}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { key: 'first', title: t('duplicates.first'), render: (_, { first }) => entry(first) },
          { key: 'second', title: t('duplicates.second'), render: (_, { second }) => entry(second) },
          {
            key: 'grounds',
            title: t('duplicates.grounds'),
            render: (_, { grounds }) => (
              <span className="heshi-row">
                {grounds.map((one) => (
                  <Tag key={one}>{t(`ground.${one}`)}</Tag>
                ))}
              </span>
            ),
          },
          {
            key: 'compare',
            title: t('duplicates.act'),
            width: 120,
            render: (_, pair) => (
              <Button
                size="small"
                onClick={() => onCompare(pair)}
                aria-label={t('duplicates.compareOf', { first: pair.first.name, second: pair.second.name })}
              >
                {t('duplicates.compare')}
              </Button>
            ),
          },
        ]}
      />
    </div>
  );
}
