import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShopAccount } from '../../contract/workstation/shop.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';

/** What the shop promises today: window, version, until when, and what comes after. */
export function PromiseCard({ account: { merchantId, promise } }: { account: ShopAccount }) {
  const { t } = useTranslation('shop');
  const { current, coming, proposed, noticeDays } = promise;
  return (
    <Card
      size="small"
      title={<h2>{t('promise.title')}</h2>}
      extra={<Link to={`/merchants/${merchantId}`}>{t('promise.open')}</Link>}
    >
      {current === null ? (
        <EmptyState title={t('promise.none')} text={t('promise.noneText')} />
      ) : (
        <>
          <div className="heshi-row">
            <strong>{t('promise.days', { days: current.windowDays })}</strong>
            <Tag>{t('promise.version', { version: current.version })}</Tag>
          </div>
          <div>
            {current.effectiveTo === null
              ? t('promise.since', { from: current.effectiveFrom })
              : t('promise.until', { from: current.effectiveFrom, to: current.effectiveTo })}
          </div>
          <div className="heshi-muted">{t('promise.notice', { days: noticeDays })}</div>
        </>
      )}
      {coming === null ? null : (
        <div>
          {t('promise.coming', {
            version: coming.version,
            from: coming.effectiveFrom,
            days: coming.windowDays,
          })}
        </div>
      )}
      {proposed ? <StatusTag tone="warning">{t('promise.proposed')}</StatusTag> : null}
    </Card>
  );
}
