import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { businessDay } from '../../../domain/kernel/calendar/index.ts';
import { api } from '../api/client.ts';

// The one file of the renderer that reads this machine's clock. Everything else takes the time from here: deadlines,
// proposed days and "today" are judged by the workstation's clock, and a test can set that clock.

/** How often the workstation is asked what time it is. */
const ASK_MS = 60_000;
/** Smaller differences come from the way there and back, not from the clocks. */
const TOLERATED_MS = 1_000;
const MINUTE_MS = 60_000;

type Now = { offsetMs: number; minute: number };
const NowContext = createContext<Now | null>(null);
const TodayContext = createContext<string | null>(null);

/** Workstation clock minus this machine's clock, milliseconds. The answer is taken as given half-way between. */
async function readOffset(): Promise<number> {
  const asked = Date.now();
  const { now } = await api.session.state();
  return Date.parse(now) - (asked + Date.now()) / 2;
}

/**
 * Tells everything below what time it is at the workstation. In Electron both clocks are one; a screen in a browser or a
 * workstation under test may differ, so the difference is asked for at the start and every minute from then on. Where
 * the workstation does not answer, this machine's own clock has to do.
 */
export function NowProvider({ children }: { children: ReactNode }) {
  const told = useQuery({
    // Below `session`, so that signing out does not forget what time it is.
    queryKey: ['session', 'clock'],
    queryFn: readOffset,
    refetchInterval: ASK_MS,
    structuralSharing: (before, next) =>
      typeof before === 'number' && typeof next === 'number' && Math.abs(next - before) < TOLERATED_MS
        ? before
        : next,
  });
  const offsetMs = told.data ?? 0;
  const [minute, setMinute] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    // Every full minute, and so at midnight too.
    const tick = (): void => {
      setMinute(Date.now());
      timer = setTimeout(tick, MINUTE_MS - ((Date.now() + offsetMs) % MINUTE_MS));
    };
    tick();
    return () => clearTimeout(timer);
  }, [offsetMs]);
  if (told.isPending) return <Spin fullscreen />;
  const today = businessDay(new Date(minute + offsetMs).toISOString());
  return (
    <NowContext value={{ offsetMs, minute }}>
      <TodayContext value={today}>{children}</TodayContext>
    </NowContext>
  );
}

function useNowContext(): Now {
  const now = useContext(NowContext);
  if (now === null) throw new Error('No NowProvider above this component');
  return now;
}

/** The day in Shanghai at the workstation, `YYYY-MM-DD`; renders again at midnight. */
export function useToday(): string {
  const today = useContext(TodayContext);
  if (today === null) throw new Error('No NowProvider above this component');
  return today;
}

/** The time at the workstation, milliseconds since 1970, to the minute; renders again with each minute. */
export function useNow(): number {
  const { offsetMs, minute } = useNowContext();
  return minute + offsetMs;
}

/** Reads the time at the workstation when it is called: for what is stamped in an event handler. */
export function useClock(): () => Date {
  const { offsetMs } = useNowContext();
  return useCallback(() => new Date(Date.now() + offsetMs), [offsetMs]);
}
