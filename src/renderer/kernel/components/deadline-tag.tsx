import { AlertFilled, ClockCircleOutlined, FieldTimeOutlined } from '@ant-design/icons';
import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  businessDay,
  naturalDaysBetween,
  workingDaysBetween,
} from '../../../domain/kernel/calendar/index.ts';
import { limitOf, type Deadline } from '../../../domain/case/index.ts';
import { useRules } from '../app/rules.tsx';
import { exactTime } from './when.tsx';
import { useNow, useToday } from '../kit/now.tsx';

/** Until when: the strongest signal on any screen. Word, colour and shape say how near it is. */
export function DeadlineTag({ deadline }: { deadline: Deadline | null }) {
  const { t } = useTranslation('common');
  const { calendar, of, say } = useRules();
  const now = useNow();
  const today = useToday();
  if (deadline === null) return <span>—</span>;
  const due = Date.parse(deadline.dueAt);
  const dueDay = businessDay(deadline.dueAt);
  const hours = Math.floor((due - now) / 3_600_000);
  const working = workingDaysBetween(calendar, today, dueDay);
  let text: string;
  if (due < now) text = t('deadline.overdue', { count: Math.max(1, naturalDaysBetween(dueDay, today)) });
  else if (hours < 24) text = t('deadline.hours', { count: Math.max(1, hours) });
  else text = t('deadline.workingDays', { count: working });
  const { instalment } = deadline;
  if (instalment !== undefined) text = t('deadline.instalment', { ...instalment, left: text });
  const late = due < now;
  const soon = !late && (hours < 24 || working <= 1);
  const limit = limitOf(of(deadline.procedure), deadline);
  const source =
    limit === null || deadline.kind === 'perform' || deadline.kind === 'close'
      ? t('deadline.agreed')
      : t('deadline.source', {
          limit: t(`deadline.limit.${deadline.kind}`, { count: limit.value }),
          article: say(limit.article),
        });
  const hover = [t(`deadline.kind.${deadline.kind}`), exactTime(deadline.dueAt), source].join(' · ');
  return (
    <Tooltip title={deadline.provisional ? `${hover} · ${t('deadline.provisionalHint')}` : hover}>
      <Tag
        variant={late ? 'solid' : 'outlined'}
        color={late ? 'error' : soon ? 'warning' : 'default'}
        icon={late ? <AlertFilled /> : soon ? <FieldTimeOutlined /> : <ClockCircleOutlined />}
      >
        {text}
        {deadline.provisional ? ` (${t('deadline.provisional')})` : ''}
      </Tag>
    </Tooltip>
  );
}
