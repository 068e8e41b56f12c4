import type pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** How much one caller may ask. */
export type Limits = {
  /** Calls a minute of one device to one process, whatever its address: an authenticated device is known by itself. */
  devicePerMinute: number;
  /** Calls a minute of one address, to all processes together, that carry no valid session, refused ones included. */
  addressPerMinute: number;
  /** Calls a minute of one token of a body outside, at all processes together. */
  tokenPerMinute: number;
  /** Enrolments tried a minute from one address, at all processes together: codes are not to be guessed. */
  enrolmentsPerMinute: number;
  /** Codes of an administrator's second sign-in tried in five minutes, right ones not counted: they have six digits. */
  codesPerFiveMinutes: number;
  /** Public pages a minute of one address, at all processes together. */
  pagesPerMinute: number;
  /** Papers looked up in vain a minute by one address: check codes are not to be guessed. */
  guessesPerMinute: number;
  /** The same an hour for one paper's number, from wherever: many addresses are no way around it. */
  guessesPerHourOfNumber: number;
};

/**
 * Assumptions: a body outside asks about one merchant a second; a workstation's rounds, its evidence and its screens stay below 50 calls a second for a minute on end;
 * behind one address may stand a whole district, whose 256 workstations open a session with two calls each.
 */
export const DEFAULT_LIMITS: Limits = {
  devicePerMinute: 3_000,
  addressPerMinute: 3_000,
  tokenPerMinute: 60,
  enrolmentsPerMinute: 60,
  codesPerFiveMinutes: 5,
  // Assumption: behind one address may stand the customers of a mall, or of a telephone company.
  pagesPerMinute: 600,
  guessesPerMinute: 20,
  guessesPerHourOfNumber: 30,
};

export type CallerLimits = {
  /** Counts one call of a device. Returns the seconds it has to wait, or 0 when it may go on. */
  device(deviceId: string): Promise<number>;
  /** Counts one call of a token of a body outside. Returns the seconds it has to wait, or 0. */
  token(tokenId: string): Promise<number>;
  /** Counts a call without a session. Returns the seconds that address has to wait, or 0. */
  address(address: string, enrolment: boolean): Promise<number>;
  /** Counts a session or token that was none: who only tries tokens is an address like any other. */
  refused(address: string): Promise<void>;
  /** Counts a code of an administrator's second sign-in, before it is looked at. Returns the seconds to wait, or 0. */
  code(administratorId: string): Promise<number>;
  /** It was right: it counts as no try. */
  codeRight(administratorId: string): Promise<void>;
  /** Counts a public page. Returns the seconds that address has to wait, or 0. */
  page(address: string): Promise<number>;
  /** Counts a number and code that somebody tries, before anything is looked up. Returns the seconds to wait, or 0. */
  guess(address: string, number: string): Promise<number>;
  /** It was right: it counts as no guess. */
  guessedRight(address: string, number: string): Promise<void>;
  /** Seconds an address has to wait, without counting anything or asking anybody. */
  waits(address: string): number;
};

/**
 * The machine itself is not counted by address: a proxy beside the centre would be counted as one caller for all
 * who come through it. Behind a proxy, `trustProxy` gives each its own address.
 */
function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

const secondsOf = (left: RateLimiterRes): number => Math.max(1, Math.ceil(left.msBeforeNext / 1000));

async function taken(limiter: RateLimiterMemory | RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (left) {
    if (left instanceof RateLimiterRes) return secondsOf(left);
    throw left;
  }
}

/** The store's table (`migrations/central/0014-counts-and-leases.ts`). */
const TABLE = 'call_count';

/**
 * Fixed windows of a minute. What anybody may ask who has not shown who they are is counted in the database, over all
 * processes; while that does not answer, each process counts by itself. An authenticated device's calls are many and
 * its identity is no secret to be guessed, so that each process counts them by itself, without asking anybody.
 */
export function createCallerLimits(limits: Limits, pool: pg.Pool): CallerLimits {
  const alone = (points: number, duration = 60): RateLimiterMemory =>
    new RateLimiterMemory({ points, duration });
  const together = (name: string, points: number, duration = 60): RateLimiterPostgres =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: TABLE,
      tableCreated: true,
      keyPrefix: name,
      points,
      duration,
      // Who is over the limit is not counted any further, and costs the database nothing.
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: alone(points, duration),
    });
  const devices = alone(limits.devicePerMinute);
  const addresses = together('address', limits.addressPerMinute);
  const tokens = together('token', limits.tokenPerMinute);
  const enrolments = together('enrolment', limits.enrolmentsPerMinute);
  const codes = together('code', limits.codesPerFiveMinutes, 300);
  const pages = together('page', limits.pagesPerMinute);
  const guesses = together('guess', limits.guessesPerMinute);
  const guessesOfNumber = together('number', limits.guessesPerHourOfNumber, 3600);
  /** Until when addresses have to wait, as this process has learnt; calls with a session are checked against no more. */
  const waiting = new Map<string, number>();
  const count = async (address: string): Promise<number> => {
    const seconds = await taken(addresses, address);
    if (seconds > 0) waiting.set(address, Date.now() + seconds * 1000);
    return seconds;
  };
  return {
    device: (deviceId) => taken(devices, deviceId),
    token: (tokenId) => taken(tokens, tokenId),
    address: async (address, enrolment) => {
      if (isLoopback(address)) return 0;
      const wait = await count(address);
      return wait === 0 && enrolment ? taken(enrolments, address) : wait;
    },
    refused: async (address) => {
      if (!isLoopback(address)) await count(address);
    },
    code: (administratorId) => taken(codes, administratorId),
    codeRight: async (administratorId) => {
      await codes.reward(administratorId);
    },
    page: async (address) => (isLoopback(address) ? 0 : taken(pages, address)),
    guess: async (address, number) => {
      const wait = isLoopback(address) ? 0 : await taken(guesses, address);
      // Whoever has to wait anyway does not use up what others may still try.
      return wait > 0 ? wait : taken(guessesOfNumber, number);
    },
    guessedRight: async (address, number) => {
      await guessesOfNumber.reward(number);
      if (!isLoopback(address)) await guesses.reward(address);
    },
    waits: (address) => {
      const until = waiting.get(address);
      if (until === undefined) return 0;
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left <= 0) waiting.delete(address);
      return Math.max(0, left);
    },
  };
}
