import { Segmented, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { DayPicker } from '../kernel/kit/day-picker.tsx';
import { PRESETS, type Period, type PeriodChoice } from './period.ts';

/** The choice of a period: five presets and one's own. Days only; both are included. */
export function PeriodBar({
  choice,
  period,
  onChange,
}: {
  choice: PeriodChoice;
  period: Period;
  onChange: (choice: PeriodChoice, period?: Period) => void;
}) {
  const { t } = useTranslation('rollup');
  const picker = (which: 'from' | 'to') => (
    <DayPicker
      label={t(`period.${which}`)}
      value={period[which]}
      untilToday
      onChange={(day) => onChange('custom', { ...period, [which]: day })}
    />
  );
  return (
    <Space wrap>
      <Segmented
        aria-label={t('period.label')}
        value={choice}
        onChange={(next) => onChange(next)}
        options={[...PRESETS, 'custom' as const].map((one) => ({ value: one, label: t(`period.${one}`) }))}
      />
      {choice === 'custom' ? (
        <Space.Compact>
          {picker('from')}
          {picker('to')}
        </Space.Compact>
      ) : null}
      {period.from > period.to ? <span role="alert">{t('period.reversed')}</span> : null}
    </Space>
  );
}
