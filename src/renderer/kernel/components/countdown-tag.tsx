import { AlertFilled, ClockCircleOutlined, FieldTimeOutlined } from '@ant-design/icons';
import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FollowUp } from '../../../domain/case/index.ts';
import { businessDay, naturalDaysBetween } from '../../../domain/kernel/calendar/index.ts';
import { exactTime } from './when.tsx';
import { useNow, useToday } from '../kit/now.tsx';

/** From so few days on a countdown is near. */
const SOON_DAYS = 3;

/** How many days are left for what follows a case: word, colour and shape, as a deadline has them. */
export function CountdownTag({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation('supervision');
  const common = useTranslation('common');
  const late = Date.parse(followUp.dueAt) < useNow();
  const days = naturalDaysBetween(useToday(), businessDay(followUp.dueAt));
  const soon = !late && days <= SOON_DAYS;
  const left = late
    ? common.t('deadline.overdue', { count: Math.max(1, -days) })
    : days === 0
      ? t('followUp.today')
      : t('followUp.daysLeft', { count: days });
  const what =
    followUp.kind === 'notice'
      ? t(`followUp.notice.${followUp.document ?? 'acceptance-notice'}`)
      : t(`followUp.${followUp.kind}`);
  const hover = `${exactTime(followUp.dueAt)} · ${t(`followUp.hint.${followUp.kind}`)}`;
  return (
    <Tooltip title={followUp.provisional ? `${hover} · ${common.t('deadline.provisionalHint')}` : hover}>
      <Tag
        variant={late ? 'solid' : 'outlined'}
        color={late ? 'error' : soon ? 'warning' : 'default'}
        icon={late ? <AlertFilled /> : soon ? <FieldTimeOutlined /> : <ClockCircleOutlined />}
      >
        {t('followUp.tag', { what, left })}
        {followUp.provisional ? ` (${common.t('deadline.provisional')})` : ''}
      </Tag>
    </Tooltip>
  );
}
