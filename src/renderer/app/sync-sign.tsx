import {
  CheckCircleFilled,
  DisconnectOutlined,
  ExclamationCircleFilled,
  QuestionCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Drawer, Progress, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncSign as Sign, SyncStatus } from '../../contract/workstation/sync.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { useOffsetWords } from '../kernel/components/use-offset-words.ts';
import { useSpokenTime, When } from '../kernel/components/when.tsx';
import { AttentionList } from './attention.tsx';
import { CentreKey, CompareCentre } from './centre-key.tsx';
import { DamageNotice } from './damage-notice.tsx';
import { ENROL_AGAIN_REASONS, EnrolAgain } from './enrol-again.tsx';
import { useSyncStatus } from '../kernel/app/use-sync-status.ts';

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

function percentOf({ done, total }: NonNullable<SyncStatus['arriving']>): { percent: number } {
  return { percent: total === 0 ? 100 : Math.floor((100 * done) / total) };
}

/** The sign as one line: the word, how many facts wait, since when, and why. */
function useSignWords(): (status: SyncStatus) => string {
  const { t, i18n } = useTranslation('common');
  const spoken = useSpokenTime();
  return (status) => {
    const parts: string[] = [t(`sync.sign.${status.sign}`)];
    if (status.arriving !== null)
      parts.push(t(`sync.arriving.${status.arriving.stage}`, percentOf(status.arriving)));
    if (status.damage !== null) parts.push(t('sync.damage.short'));
    if (status.attention > 0) parts.push(t('sync.attentionCount', { count: status.attention }));
    if (status.waiting > 0) {
      parts.push(
        status.waitingSince === null
          ? t('sync.waiting', { count: status.waiting })
          : t('sync.waitingSince', { count: status.waiting, time: spoken(status.waitingSince) }),
      );
    }
    if (status.evidence.waiting > 0)
      parts.push(t('sync.evidenceWaiting', { count: status.evidence.waiting }));
    if (
      status.sign !== 'proved' &&
      status.reason !== null &&
      i18n.exists(`common:sync.short.${status.reason}`)
    )
      parts.push(t(`sync.short.${status.reason}` as 'sync.short.unexpected'));
    return parts.join(' · ');
  };
}

/** Always in sight: how many facts wait, since when, and why. Opens the details. */
export function SyncSign() {
  const { t } = useTranslation('common');
  const [open, setOpen] = useState(false);
  const status = useSyncStatus();
  const words = useSignWords();
  const text = status === null ? t('sync.silent') : words(status);
  return (
    <>
      <Button
        size="small"
        onClick={() => setOpen(true)}
        aria-label={`${t('sync.title')}: ${text}`}
        data-sign={status?.sign ?? 'silent'}
        type="text"
        className="heshi-sync-sign"
      >
        <Tag
          color={status === null ? 'default' : COLOURS[status.sign]}
          icon={status === null ? <QuestionCircleOutlined /> : SHAPES[status.sign]}
          variant="outlined"
        >
          {text}
        </Tag>
      </Button>
      <Drawer title={t('sync.title')} open={open} onClose={() => setOpen(false)} size={520}>
        {open && status !== null ? <SyncDetails status={status} onLeave={() => setOpen(false)} /> : null}
        {status === null ? <Alert type="warning" showIcon title={t('sync.silentText')} /> : null}
      </Drawer>
    </>
  );
}

function SyncDetails({ status, onLeave }: { status: SyncStatus; onLeave: () => void }) {
  const { t, i18n } = useTranslation('common');
  const [error, setError] = useState<unknown>(null);
  const [salvaged, setSalvaged] = useState<number | null>(null);
  const when = (at: string | null): ReactNode => (at === null ? t('sync.never') : <When at={at} />);
  const offset = useOffsetWords()(status.clockOffsetMs ?? 0);
  const clockOff = status.clockOffsetMs !== null && Math.abs(status.clockOffsetMs) > CLOCK_OFF_MS;
  const reason = i18n.exists(`common:sync.reason.${status.reason ?? ''}`) ? status.reason : 'unexpected';
  const session = useQuery({ queryKey: ['session'], queryFn: () => api.session.state() });
  const centre = session.data?.enrolment?.centreKey ?? null;
  const syncNow = async (): Promise<void> => {
    setError(null);
    try {
      await api.sync.now();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div className="heshi-stack-l">
      {status.reason ? (
        <Alert type="warning" showIcon title={t(`sync.reason.${reason}` as 'sync.reason.unexpected')} />
      ) : null}
      {status.damage === null ? null : <DamageNotice damage={status.damage} />}
      {status.arriving === null ? null : (
        <Alert
          type="info"
          showIcon
          title={t(`sync.arriving.${status.arriving.stage}`, percentOf(status.arriving))}
          description={
            <>
              {t(`sync.arrivingText.${status.arriving.stage}`)}
              <Progress percent={percentOf(status.arriving).percent} size="small" />
            </>
          }
        />
      )}
      {ENROL_AGAIN_REASONS.has(status.reason ?? '') ? (
        <EnrolAgain waiting={status.waiting} onDone={setSalvaged} />
      ) : null}
      {centre && (status.reason === 'not-the-centre' || !centre.compared) ? (
        <CompareCentre differs={status.reason === 'not-the-centre'} />
      ) : null}
      {salvaged === null ? null : (
        <Alert type="success" showIcon title={t('sync.enrolAgain.done', { count: salvaged })} />
      )}
      {status.evidence.reason && i18n.exists(`common:sync.evidenceReason.${status.evidence.reason}`) ? (
        <Alert
          type="warning"
          showIcon
          title={t(`sync.evidenceReason.${status.evidence.reason}` as 'sync.evidenceReason.unexpected')}
        />
      ) : null}
      {status.sign === 'proved' ? <Alert type="success" showIcon title={t('sync.provedHint')} /> : null}
      {clockOff ? (
        <Alert
          type="warning"
          showIcon
          title={<span title={offset.exact}>{t('sync.clock', { difference: offset.rough })}</span>}
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
          {
            key: 'evidence',
            label: t('sync.evidence'),
            children:
              status.evidence.waiting === 0
                ? t('sync.evidenceNone')
                : t('sync.evidenceWaiting', { count: status.evidence.waiting }),
          },
          { key: 'push', label: t('sync.lastPush'), children: when(status.lastPushAt) },
          { key: 'pull', label: t('sync.lastPull'), children: when(status.lastPullAt) },
          { key: 'proved', label: t('sync.proved'), children: when(status.provedAt) },
          {
            key: 'next',
            label: t('sync.nextTry'),
            children: status.nextTryAt ? when(status.nextTryAt) : '—',
          },
          {
            key: 'centre',
            label: t('sync.centre.label'),
            children: centre ? <CentreKey known={centre} /> : '—',
          },
        ]}
      />
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      <Button loading={status.running} onClick={() => void syncNow()}>
        {status.running ? t('sync.running') : t('sync.now')}
      </Button>
      <h2 className="heshi-section-title heshi-flush">{t('sync.attention')}</h2>
      <AttentionList count={status.attention} onLeave={onLeave} />
    </div>
  );
}
