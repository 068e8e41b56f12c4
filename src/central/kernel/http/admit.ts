import { centreError } from '../errors.ts';
import type { CallerLimits } from './limits.ts';
import type { CentreMetrics } from './metrics.ts';

/** Counts a call of a device that has shown who it is. @throws TOO_MANY_REQUESTS */
export async function admitDevice(
  { callers, metrics }: { callers: CallerLimits; metrics: CentreMetrics },
  deviceId: string,
): Promise<void> {
  const retryAfterSeconds = await callers.device(deviceId);
  if (retryAfterSeconds === 0) return;
  metrics.turnedAway('device');
  throw centreError('TOO_MANY_REQUESTS', { retryAfterSeconds });
}
