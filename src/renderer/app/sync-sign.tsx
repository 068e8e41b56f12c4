import {
  CheckCircleFilled,
  DisconnectOutlined,
  ExclamationCircleFilled,
  SyncOutlined,
} from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Drawer, List, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttentionItem, SyncSign as Sign, SyncStatus } from '../../contract/workstation/sync.ts';
import { api } from '../api/client.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { When } from '../components/when.tsx';
import { useWording } from '../components/wording.ts';
import { useSyncStatus } from './use-sync-status.ts';

const SHAPES: Record<Sign, ReactNode> = {
  proved: <CheckCircleFilled />,
  waiting: <SyncOutlined />,
  offline: <DisconnectOutlined />,
  attention: <ExclamationCircleFilled />,
};
const COLOURS: Record<Sign, string> = {
  proved: 'success',
  waiting: 'processing',
  offline: 'warning',
  attention: 'error',
};
/** Beyond this a person should set the clock. */
const CLOCK_OFF_MS = 5 * 60_000;

/** Always in sight: how many facts wait, since when, and why. Opens the details. */
export function SyncSign() {
  const { t } = useTranslation('common');
  const [open, setOpen] = useState(false);
  const status = useSyncStatus();
  if (status === null) return <Tag icon={<SyncOutlined />}>…</Tag>;
  const waiting = status.waiting > 0 ? ` · ${t('sync.waiting', { count: status.waiting })}` : '';
  return (
    <>
      <Button
        size="small"
        onClick={() => setOpen(true)}
        aria-label={`${t('sync.title')}: ${t(`sync.sign.${status.sign}`)}${waiting}`}
        data-sign={status.sign}
        type="text"
      >
        <Tag color={COLOURS[status.sign]} icon={SHAPES[status.sign]} variant="outlined" style={{ margin: 0 }}>
          {t(`sync.sign.${status.sign}`)}
          {waiting}
        </Tag>
      </Button>
      <Drawer title={t('sync.title')} open={open} onClose={() => setOpen(false)} size={520}>
        {open ? <SyncDetails status={status} /> : null}
      </Drawer>
    </>
  );
}

function SyncDetails({ status }: { status: SyncStatus }) {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const attention = useQuery({
    queryKey: ['sync', 'attention', status.attention],
    queryFn: () => api.sync.attention(),
  });
  const when = (at: string | null): ReactNode => (at === null ? t('sync.never') : <When at={at} />);
  const clockOff = status.clockOffsetMs !== null && Math.abs(status.clockOffsetMs) > CLOCK_OFF_MS;
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 16 }}>
      {status.reason ? (
        <Alert
          type="warning"
          showIcon
          title={t(`sync.reason.${status.reason}` as 'sync.reason.unexpected')}
        />
      ) : null}
      {status.sign === 'proved' ? <Alert type="success" showIcon title={t('sync.provedHint')} /> : null}
      {clockOff ? (
        <Alert
          type="warning"
          showIcon
          title={t('sync.clock', { minutes: Math.round((status.clockOffsetMs ?? 0) / 60_000) })}
        />
      ) : null}
      <Descriptions
        column={1}
        size="small"
        bordered
        items={[
          {
            key: 'waiting',
            label: t('sync.sign.waiting'),
            children:
              status.waiting === 0 ? t('sync.nothingWaiting') : t('sync.waiting', { count: status.waiting }),
          },
          {
            key: 'since',
            label: t('sync.since'),
            children: status.waitingSince ? when(status.waitingSince) : '—',
          },
          { key: 'push', label: t('sync.lastPush'), children: when(status.lastPushAt) },
          { key: 'pull', label: t('sync.lastPull'), children: when(status.lastPullAt) },
          { key: 'proved', label: t('sync.proved'), children: when(status.provedAt) },
        ]}
      />
      <Button loading={status.running} onClick={() => void api.sync.now()}>
        {status.running ? t('sync.running') : t('sync.now')}
      </Button>
      <h2 style={{ fontSize: 16, margin: 0 }}>{t('sync.attention')}</h2>
      {attention.data && attention.data.length > 0 ? (
        <List
          dataSource={attention.data}
          renderItem={(item) => (
            <Attention
              item={item}
              onDismiss={async () => {
                await api.sync.dismiss({ eventId: item.eventId });
                await queries.invalidateQueries({ queryKey: ['sync'] });
              }}
            />
          )}
        />
      ) : (
        <EmptyState title={t('sync.attentionNone')} />
      )}
    </div>
  );
}

function Attention({ item, onDismiss }: { item: AttentionItem; onDismiss: () => Promise<void> }) {
  const { t } = useTranslation('common');
  const cases = useTranslation('cases');
  const word = useWording();
  return (
    <List.Item>
      <div style={{ width: '100%' }}>
        <strong>{item.title}</strong> · {cases.t(`event.${item.type}` as 'event.case-accepted')}{' '}
        <Tag>{t(`eventStatus.${item.status}`)}</Tag>
        <div>
          {item.actorName} · <When at={item.at} />
        </div>
        {item.refusal ? <div>{word(item.refusal)}</div> : null}
        <details>
          <summary>{t('sync.entered')}</summary>
          <pre style={{ whiteSpace: 'pre-wrap' }}>{JSON.stringify(item.payload, null, 2)}</pre>
        </details>
        <Button size="small" onClick={() => void onDismiss()}>
          {t('sync.dismiss')}
        </Button>
      </div>
    </List.Item>
  );
}
