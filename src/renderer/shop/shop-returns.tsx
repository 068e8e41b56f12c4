import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Space, type TableProps } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { uuidv7 } from 'uuidv7';
import type { ShopDesk, ShopReturn } from '../../contract/workstation/shop.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Money, yuan } from '../kernel/components/money.tsx';
import { When } from '../kernel/components/when.tsx';
import { RecordTable } from '../kernel/kit/list-page.tsx';
import { RefuseForm, ReturnStatusTag, VerdictTag } from '../return/index.ts';
import { UndoGrant } from './undo-grant.tsx';

const waits = ({ status, caseId }: ShopReturn): boolean => status === 'requested' && caseId === null;

/** What waits and what came today, each decided with one key where it stands. */
export function ShopReturns({ desk: { returns, waiting, day } }: { desk: ShopDesk }) {
  const { t } = useTranslation('shop');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [refusing, setRefusing] = useState<string | null>(null);
  const [granted, setGranted] = useState<string | null>(null);
  // The same grant again, after a lost answer, is the same fact.
  const eventIds = useRef(new Map<string, string>());
  const eventIdOf = (key: string): string => {
    const known = eventIds.current.get(key) ?? uuidv7();
    eventIds.current.set(key, known);
    return known;
  };
  const grant = useMutation({
    mutationFn: ({ id, revision, refundFen }: ShopReturn) =>
      api.returns.decide({
        id,
        revision,
        eventId: eventIdOf(`${id} ${revision}`),
        decision: { decision: 'grant', payload: { refundFen, route: 'original', refundedOn: day } },
      }),
    onSuccess: ({ state: { id, number, refundFen } }) => {
      setGranted(id);
      void message.success(t('returns.granted', { number, amount: yuan(refundFen ?? 0) }));
    },
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'drafts' }),
  });
  // A key that is held down, or pressed twice, decides once.
  const grantOnce = (item: ShopReturn): void => {
    if (waits(item) && !grant.isPending) grant.mutate(item);
  };
  // What the button says comes first: whoever speaks to the screen says what they see.
  const of = (action: string, { number }: ShopReturn): string => t('returns.of', { action, number });
  const more = waiting - returns.filter(waits).length;
  const columns: NonNullable<TableProps<ShopReturn>['columns']> = [
    {
      key: 'number',
      title: t('returns.number'),
      className: 'heshi-nowrap',
      render: (_, item) => <Link to={`/returns/${item.id}`}>{item.number}</Link>,
    },
    {
      key: 'goods',
      title: t('returns.goods'),
      render: (_, item) => (
        <>
          {item.goodsName} · <Money fen={item.amountFen} />
        </>
      ),
    },
    { key: 'consumer', title: t('returns.consumer'), dataIndex: 'consumerName' },
    {
      key: 'verdict',
      title: t('returns.verdict'),
      render: (_, item) => <VerdictTag verdict={item.verdict} />,
    },
    {
      key: 'due',
      title: t('returns.due'),
      render: (_, item) => (item.dueAt === null ? '—' : <When at={item.dueAt} />),
    },
    {
      key: 'act',
      title: t('returns.act'),
      render: (_, item) =>
        waits(item) ? (
          <Space size={4} onClick={(event) => event.stopPropagation()}>
            <Button
              size="small"
              {...(item.verdict === 'ineligible' ? {} : { type: 'primary' as const })}
              aria-label={of(t('returns.grant', { amount: yuan(item.refundFen) }), item)}
              title={t('returns.refund')}
              loading={grant.isPending && grant.variables?.id === item.id}
              onClick={() => grantOnce(item)}
            >
              {t('returns.grant', { amount: yuan(item.refundFen) })}
            </Button>
            <Button
              size="small"
              aria-label={of(t('returns.refuse'), item)}
              onClick={() => setRefusing(item.id)}
            >
              {t('returns.refuse')}
            </Button>
          </Space>
        ) : (
          <ReturnStatusTag status={item.status} />
        ),
    },
  ];
  return (
    <Card size="small" title={<h2>{t('returns.title')}</h2>} extra={<small>{t('returns.keys')}</small>}>
      {grant.error ? <ErrorNotice error={grant.error} kept={false} /> : null}
      {granted === null ? null : <UndoGrant key={granted} id={granted} onUndone={() => setGranted(null)} />}
      {returns.length === 0 ? (
        <EmptyState title={t('returns.none')} text={t('returns.noneText')} />
      ) : (
        <div role="region" aria-label={t('returns.label')} tabIndex={0} className="heshi-shop-table">
          <RecordTable
            items={returns}
            pathOf={({ id }) => `/returns/${id}`}
            label={t('returns.label')}
            columns={columns}
            keys={{
              g: grantOnce,
              r: (item) => {
                if (waits(item)) setRefusing(item.id);
              },
            }}
          />
        </div>
      )}
      {more > 0 ? (
        <p>
          <Link to="/returns?status=requested">{t('returns.more', { count: more })}</Link>
        </p>
      ) : null}
      {refusing === null ? null : <Refusing key={refusing} id={refusing} onClose={() => setRefusing(null)} />}
    </Card>
  );
}

/** The form of a refusal, filled in with what the promise says against it: Ctrl+Enter saves it. */
function Refusing({ id, onClose }: { id: string; onClose: () => void }) {
  const detail = useQuery({ queryKey: ['returns', 'get', id], queryFn: () => api.returns.get({ id }) });
  const queries = useQueryClient();
  if (detail.error) return <ErrorNotice error={detail.error} kept={false} />;
  if (!detail.data) return null;
  const close = (): void => {
    onClose();
    void queries.invalidateQueries({ queryKey: ['shop'] });
  };
  const { assessment, state } = detail.data;
  return (
    <RefuseForm detail={detail.data} reasons={assessment?.reasons ?? state.reasons} open onClose={close} />
  );
}
