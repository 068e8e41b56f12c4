import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttentionItem } from '../../contract/workstation/sync.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { When } from '../kernel/components/when.tsx';
import { useWording } from '../kernel/components/wording.ts';
import { useRecordPath } from '../kernel/kit/record-pages.tsx';
import { Entered } from './entered.tsx';

/** Records that someone has to look at: what had been entered, and why it did not go through. */
export function AttentionList({ count, onLeave }: { count: number; onLeave: () => void }) {
  const { t } = useTranslation('common');
  const attention = useQuery({
    queryKey: ['sync', 'attention', count],
    queryFn: () => api.sync.attention(),
    placeholderData: (before) => before,
  });
  if (attention.error) return <ErrorNotice error={attention.error} kept={false} />;
  if (!attention.data) return null;
  if (attention.data.length === 0) return <EmptyState title={t('sync.attentionNone')} />;
  return (
    <ul className="heshi-plain-list" aria-label={t('sync.attention')}>
      {attention.data.map((item) => (
        <Attention key={item.eventId} item={item} onLeave={onLeave} />
      ))}
    </ul>
  );
}

function Attention({ item, onLeave }: { item: AttentionItem; onLeave: () => void }) {
  const { t } = useTranslation('common');
  const cases = useTranslation('cases');
  const queries = useQueryClient();
  const word = useWording();
  const [error, setError] = useState<unknown>(null);
  const path = useRecordPath(item.stream);
  // Of a colleague's record that this role does not read, there is only that something is the matter.
  const readable = item.payload !== null;
  const page = readable ? path : null;
  const dismiss = async (): Promise<void> => {
    try {
      await api.sync.dismiss({ eventId: item.eventId });
      await queries.invalidateQueries({ queryKey: ['sync'] });
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <li>
      <div>
        {page === null ? (
          <strong>{item.title}</strong>
        ) : (
          <Link to={page} onClick={onLeave}>
            <strong>{item.title}</strong>
          </Link>
        )}{' '}
        ·{' '}
        {cases.i18n.exists(`cases:event.${item.type}`)
          ? cases.t(`event.${item.type}` as 'event.case-accepted')
          : t('sync.otherRecord')}{' '}
        <Tag>{t(`eventStatus.${item.status}`)}</Tag>
      </div>
      <div>
        {item.actorName} · <When at={item.at} />
      </div>
      <p className="heshi-close">
        {t('sync.why')}: {item.refusal ? word(item.refusal) : t(`sync.attentionWhy.${item.status}`)}
      </p>
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      {readable ? (
        <>
          <details>
            <summary>{t('sync.entered')}</summary>
            <Entered payload={item.payload} />
          </details>
          <Button size="small" onClick={() => void dismiss()}>
            {t('sync.dismiss')}
          </Button>
        </>
      ) : null}
    </li>
  );
}
