import { useQuery } from '@tanstack/react-query';
import { Button, Card, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { RecordDialog } from './dialogs.tsx';
import { VerdictTag } from './verdict.tsx';
import './sanction.css';

/** As many of a merchant's records as its page shows. */
const SHOWN = 20;

/** A merchant's published decisions, each with whether it may be repaired. */
export function SanctionSection({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('sanction');
  const { staff } = useSession();
  const [recording, setRecording] = useState(false);
  const list = useQuery({
    queryKey: ['sanctions', 'of', merchantId],
    queryFn: () => api.sanctions.list({ filter: { merchantId }, limit: SHOWN }),
  });
  const records = staff.capabilities.includes('sanction.record') && staff.unit.party === 'regulator';
  return (
    <Card
      size="small"
      className="heshi-sanction-page"
      title={<h2>{t('title')}</h2>}
      extra={
        records ? (
          <Button size="small" onClick={() => setRecording(true)}>
            {t('record.title')}
          </Button>
        ) : null
      }
    >
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      {list.isPending ? <Skeleton active /> : null}
      {list.data?.items.length === 0 ? <div className="heshi-muted">{t('section.none')}</div> : null}
      <ul className="heshi-sanction-list" aria-label={t('title')}>
        {(list.data?.items ?? []).map((one) => (
          <li key={one.id} className="heshi-sanction-duty">
            <div>
              <Link to={`/sanctions/${one.id}`}>
                {t(`kind.${one.kind}`)} · {one.number}
              </Link>
              <div className="heshi-muted">
                {one.organ} · <span className="heshi-sanction-day">{one.determinedOn}</span>
              </div>
            </div>
            <VerdictTag eligibility={one.eligibility} />
          </li>
        ))}
      </ul>
      {recording ? <RecordDialog merchantId={merchantId} onClose={() => setRecording(false)} /> : null}
    </Card>
  );
}
