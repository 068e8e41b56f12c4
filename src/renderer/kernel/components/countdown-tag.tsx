import { AlertFilled, ClockCircleOutlined, FieldTimeOutlined } from '@ant-design/icons';
import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FollowUp } from '../../../domain/case/index.ts';
import { businessDay, naturalDaysBetween } from '../../../domain/kernel/calendar/index.ts';
import { exactTime } from './when.tsx';
import { useNow, useToday } from '../kit/now.tsx';

/** From so few days on a countdown is near. */
const SOON_DAYS = 3;

/** How many days are left for what follows a case. */
export function CountdownTag({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation('supervision');
  const what =
    followUp.kind === 'notice'
      ? t(`followUp.notice.${followUp.document ?? 'acceptance-notice'}`)
      : t(`followUp.${followUp.kind}`);
  return <DueTag {...followUp} what={what} hint={t(`followUp.hint.${followUp.kind}`)} />;
}

/** What is due and how many days are left: word, colour and shape, as a deadline has them. */
export function DueTag({
  what,
  hint,
  dueAt,
  provisional,
}: {
  what: string;
  hint: string;
  dueAt: string;
  provisional: boolean;
}) {
  const { t } = useTranslation('supervision');
  const common = useTranslation('common');
  const late = Date.parse(dueAt) < useNow();
  const days = naturalDaysBetween(useToday(), businessDay(dueAt));
  const soon = !late && days <= SOON_DAYS;
  const left = late
    ? common.t('deadline.overdue', { count: Math.max(1, -days) })
    : days === 0
      ? t('followUp.today')
      : t('followUp.daysLeft', { count: days });
  const hover = `${exactTime(dueAt)} · ${hint}`;
  return (
    <Tooltip title={provisional ? `${hover} · ${common.t('deadline.provisionalHint')}` : hover}>
      <Tag
        variant={late ? 'solid' : 'outlined'}
        color={late ? 'error' : soon ? 'warning' : 'default'}
        icon={late ? <AlertFilled /> : soon ? <FieldTimeOutlined /> : <ClockCircleOutlined />}
      >
        {t('followUp.tag', { what, left })}
        {provisional ? ` (${common.t('deadline.provisional')})` : ''}
      </Tag>
    </Tooltip>
  );
}
