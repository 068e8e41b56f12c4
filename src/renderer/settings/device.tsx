import { useQuery } from '@tanstack/react-query';
import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { readClock } from '../kernel/components/clock.ts';
import { useOffsetWords } from '../kernel/components/use-offset-words.ts';

const LOOK_AGAIN_MS = 15_000;

/** What this workstation is enrolled as, and how its clock stands against the centre's. */
export function Device() {
  const { t } = useTranslation('settings');
  const {
    state: { enrolment },
  } = useSession();
  return (
    <Card size="small" title={<h2>{t('device.title')}</h2>}>
      {enrolment === null ? (
        <EmptyState title={t('device.notEnrolled')} text={t('device.notEnrolledText')} />
      ) : (
        <Descriptions
          size="small"
          column={1}
          styles={{ label: { width: 104 } }}
          items={[
            {
              key: 'unit',
              label: t('device.unit'),
              children: enrolment.unit?.name ?? t('device.unitUnknown'),
            },
            { key: 'code', label: t('device.code'), children: enrolment.deviceCode },
            { key: 'name', label: t('device.name'), children: enrolment.deviceName },
            { key: 'centre', label: t('device.centre'), children: enrolment.centreUrl },
            { key: 'id', label: t('device.deviceId'), children: <code>{enrolment.deviceId}</code> },
            { key: 'clock', label: t('clock.title'), children: <Clock /> },
          ]}
        />
      )}
    </Card>
  );
}

function Clock() {
  const { t } = useTranslation('settings');
  const status = useQuery({
    queryKey: ['sync', 'status'],
    queryFn: () => api.sync.status(),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const offset = status.data?.clockOffsetMs ?? null;
  const clock = readClock(offset);
  const words = useOffsetWords();
  if (clock.state === 'unknown' || offset === null) return <>{t('clock.unknown')}</>;
  const { rough: difference, exact } = words(offset);
  if (clock.state === 'good') {
    return (
      <span title={exact}>
        <CheckCircleOutlined aria-hidden className="heshi-good" /> {t('clock.good', { difference })}
      </span>
    );
  }
  return (
    <span title={exact} className="heshi-caution">
      <WarningOutlined aria-hidden /> {t(`clock.${clock.state}`, { difference })}. {t('clock.advice')}
    </span>
  );
}
