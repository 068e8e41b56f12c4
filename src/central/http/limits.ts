import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** How much one caller may ask of one centre process. */
export type Limits = {
  /** Calls a minute of one device, whatever its address: an authenticated device is known by itself. */
  devicePerMinute: number;
  /** Calls a minute of one address that carry no valid session, refused ones included. */
  addressPerMinute: number;
  /** Enrolments tried a minute from one address: codes are not to be guessed. */
  enrolmentsPerMinute: number;
};

/**
 * Assumptions: a workstation's rounds, its evidence and its screens stay below 50 calls a second for a minute on end;
 * behind one address may stand a whole district, whose 256 workstations open a session with two calls each.
 */
export const DEFAULT_LIMITS: Limits = {
  devicePerMinute: 3_000,
  addressPerMinute: 3_000,
  enrolmentsPerMinute: 60,
};

export type CallerLimits = {
  /** Counts one call of a device. Returns the seconds it has to wait, or 0 when it may go on. */
  device(deviceId: string): Promise<number>;
  /** Counts a call without a session. Returns the seconds that address has to wait, or 0. */
  address(address: string, enrolment: boolean): Promise<number>;
  /** Counts a session or token that was none: who only tries tokens is an address like any other. */
  refused(address: string): Promise<void>;
  /** Seconds an address has to wait, without counting anything. */
  waits(address: string): Promise<number>;
};

/**
 * The machine itself is not counted by address: a proxy beside the centre would be counted as one caller for all
 * who come through it. Behind a proxy, `trustProxy` gives each its own address.
 */
function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

const secondsOf = (left: RateLimiterRes): number => Math.max(1, Math.ceil(left.msBeforeNext / 1000));

async function taken(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (left) {
    if (left instanceof RateLimiterRes) return secondsOf(left);
    throw left;
  }
}

/** Fixed windows of a minute, counted in this process: several processes of one centre allow that many times more. */
export function createCallerLimits(limits: Limits): CallerLimits {
  const perMinute = (points: number): RateLimiterMemory => new RateLimiterMemory({ points, duration: 60 });
  const devices = perMinute(limits.devicePerMinute);
  const addresses = perMinute(limits.addressPerMinute);
  const enrolments = perMinute(limits.enrolmentsPerMinute);
  return {
    device: (deviceId) => taken(devices, deviceId),
    address: async (address, enrolment) => {
      if (isLoopback(address)) return 0;
      const wait = await taken(addresses, address);
      return wait === 0 && enrolment ? taken(enrolments, address) : wait;
    },
    refused: async (address) => {
      if (!isLoopback(address)) await taken(addresses, address);
    },
    waits: async (address) => {
      if (isLoopback(address)) return 0;
      const left = await addresses.get(address);
      return left !== null && left.consumedPoints > limits.addressPerMinute ? secondsOf(left) : 0;
    },
  };
}
