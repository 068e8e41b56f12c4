import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { businessDay, naturalDaysBetween } from '../../../domain/kernel/calendar/index.ts';
import { useToday } from '../kit/now.tsx';

const SHANGHAI = 'Asia/Shanghai';

/** The exact time in Shanghai: `2026-03-10 14:05`. */
export function exactTime(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: SHANGHAI,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(instant));
}

/** The exact time of day in Shanghai, to the second: `14:05:30`. */
export function exactSecond(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: SHANGHAI, timeStyle: 'medium' }).format(
    new Date(instant),
  );
}

/** Times as people say them: today 14:05, yesterday, a day of this year. */
export function useSpokenTime(): (instant: string) => string {
  const { t } = useTranslation('common');
  const today = useToday();
  return (instant) => {
    const day = businessDay(instant);
    const time = exactTime(instant).slice(11);
    const distance = naturalDaysBetween(today, day);
    if (distance === 0) return t('time.today', { time });
    if (distance === -1) return t('time.yesterday', { time });
    if (distance === 1) return t('time.tomorrow', { time });
    return day.slice(0, 4) === today.slice(0, 4) ? `${day.slice(5)} ${time}` : day;
  };
}

/** A time as people say it, the exact one on hover. */
export function When({ at }: { at: string }) {
  const spoken = useSpokenTime();
  return (
    <Tooltip title={exactTime(at)}>
      <time dateTime={at}>{spoken(at)}</time>
    </Tooltip>
  );
}
