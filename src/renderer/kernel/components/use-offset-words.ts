import { useTranslation } from 'react-i18next';
import { exactOffset, readClock, type ClockReading } from './clock.ts';

/** How far a clock is off, in words of its size and to the second; without the direction. */
export function useOffsetWords(): (offsetMilliseconds: number) => { rough: string; exact: string } {
  const { t } = useTranslation('common');
  const words = ({ unit, value }: Pick<ClockReading, 'unit' | 'value'>): string =>
    t(`offset.${unit}`, { value });
  return (offsetMilliseconds) => ({
    rough: words(readClock(offsetMilliseconds)),
    exact: exactOffset(offsetMilliseconds).map(words).join(' '),
  });
}
