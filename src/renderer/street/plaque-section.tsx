import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import './street.css';

/** Which street a merchant is on, and its plaque, on its own page; nothing of one that never was on any. */
export function PlaqueSection({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('streets');
  const { staff } = useSession();
  const shop = useQuery({
    queryKey: ['streets', 'shop', merchantId],
    queryFn: () => api.streets.shop({ merchantId }),
    enabled: staff.capabilities.includes('street.read'),
  });
  if (!shop.data) return null;
  const { streetName, left, plaque, patrols } = shop.data.state;
  const recheckOn = left === null ? (patrols.at(-1)?.recheckOn ?? null) : null;
  return (
    <div className="heshi-street">
      <Card
        size="small"
        title={<h2>{t('shop.section')}</h2>}
        extra={<Link to={`/streets/shops/${merchantId}`}>{t('shop.more')}</Link>}
      >
        <div className="heshi-row">
          {left === null ? streetName : t('shop.leftOn', { on: left.on, reason: left.reason })}
          <StatusTag tone={plaque === null ? 'neutral' : 'good'}>
            {plaque === null ? t('noPlaque') : t('hangs', { on: plaque.on })}
          </StatusTag>
          {recheckOn === null ? null : (
            <StatusTag tone="warning">{t('shop.recheckOn', { on: recheckOn })}</StatusTag>
          )}
        </div>
      </Card>
    </div>
  );
}
