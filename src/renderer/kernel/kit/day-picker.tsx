import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useToday } from './now.tsx';

/**
 * Picks a day, `YYYY-MM-DD`: one that has to be there, or with `onClear` one that may be left out.
 * With `untilToday` no day after the workstation's own can be picked.
 */
export function DayPicker({
  id,
  label,
  placeholder,
  value,
  onChange,
  onClear,
  untilToday = false,
  className,
}: {
  id?: string;
  label: string;
  placeholder?: string;
  value: string | null;
  onChange: (day: string) => void;
  onClear?: () => void;
  untilToday?: boolean;
  className?: string;
}) {
  const today = useToday();
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(className === undefined ? {} : { className })}
      {...(untilToday ? { maxDate: dayjs(today) } : {})}
      aria-label={label}
      allowClear={onClear !== undefined}
      value={value === null ? null : dayjs(value)}
      onChange={(day) => {
        if (day !== null) onChange(day.format('YYYY-MM-DD'));
        else onClear?.();
      }}
    />
  );
}
