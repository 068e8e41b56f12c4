import { Transform, type Readable } from 'node:stream';
import type { Capacity } from './pressure.ts';

/** How fast a body has to come, and how many may be on their way at once. */
export type BodyLimits = {
  /** Bytes a second on average since it began, once `graceMs` are over. */
  leastPerSecond: number;
  graceMs: number;
  /** Bodies on their way of all callers without a session together. */
  openPlaces: number;
  /** The same of one caller with a session. */
  places: number;
  /** Bytes that one caller with a session may have here at once. */
  callerBytes: number;
};

/**
 * Assumptions: the slowest line of a workstation carries 8 MiB in a minute, seventeen times as fast; a workstation has two pushes, an
 * upload and a handful of calls on their way. What comes without a session comes in one packet, so that whoever is cut there because
 * others come was waiting for something else.
 */
export const DEFAULT_BODY_LIMITS: BodyLimits = {
  leastPerSecond: 8 * 1024,
  graceMs: 10_000,
  openPlaces: 128,
  places: 12,
  callerBytes: 32 * 1024 * 1024,
};

/** Callers without a session send codes, keys and signatures. */
export const OPEN_BODY_LIMIT = 8 * 1024;

/** A body that is still coming after so long gives way to others when there is no room. */
const GIVES_WAY_AFTER_MS = 2_000;

/** Why a body was not read to its end. */
export class BodyCut extends Error {
  readonly why: 'slow' | 'full';
  readonly statusCode: number;
  constructor(why: BodyCut['why']) {
    super(`The body was cut: ${why}`);
    this.why = why;
    this.statusCode = why === 'slow' ? 408 : 503;
  }
}

export type Body = {
  /** It was read to its end: it waits for nothing, and its bytes are kept until `gone`. */
  whole(): void;
  /** Answered or cut. */
  gone(): void;
};

export type Bodies = {
  /**
   * Reads a body through a count. `caller` is null without a session. The stream fails with `BodyCut` when it comes too slowly, or
   * when there is no room and it has to give way.
   */
  count(caller: string | null, source: Readable): { body: Body; counted: Readable };
  /** The same for one that goes past to a file: `came` says how much of it has, and `cut` ends it. */
  watch(caller: string, came: () => number, cut: () => void): Body;
  /** True when a body of so many bytes more would find room, after those that have to give way did. */
  hasRoom(announced: number): boolean;
  /** Bytes that are here, and bodies that are still coming. */
  held(): { bytes: number; coming: number };
  stop(): void;
};

type Coming = {
  caller: string | null;
  since: number;
  bytes: number;
  /** How much has come, where it is not kept here. */
  came: () => number;
  cut: (why: BodyCut['why']) => void;
};

/**
 * The bodies of a process that are on their way or in hand. Bytes are counted as they come: what a caller announces and does not send
 * takes nothing from anybody. Who is slow is cut; who came first and is still not done gives way when there is no room.
 */
export function createBodies(
  { bytes: most }: Pick<Capacity, 'bytes'>,
  limits: BodyLimits,
  checkMs: number,
): Bodies {
  /** In the order in which they began. */
  const coming = new Set<Coming>();
  const perCaller = new Map<string, number>();
  let bytes = 0;

  const keep = (one: Coming, more: number): void => {
    one.bytes += more;
    bytes += more;
    if (one.caller !== null) perCaller.set(one.caller, (perCaller.get(one.caller) ?? 0) + more);
  };
  const letGo = (one: Coming): void => {
    coming.delete(one);
    bytes -= one.bytes;
    if (one.caller !== null) {
      const left = (perCaller.get(one.caller) ?? 0) - one.bytes;
      if (left > 0) perCaller.set(one.caller, left);
      else perCaller.delete(one.caller);
    }
    one.bytes = 0;
  };
  const cut = (one: Coming, why: BodyCut['why']): void => {
    letGo(one);
    one.cut(why);
  };
  /** Cuts those that have been coming for long, the longest first, until so much fits in. */
  const makeRoom = (more: number, but?: Coming): boolean => {
    const long = performance.now() - GIVES_WAY_AFTER_MS;
    for (const one of coming) {
      if (bytes + more <= most || one.since > long) break;
      if (one !== but && one.bytes > 0) cut(one, 'slow');
    }
    // One alone is always taken, whatever it holds.
    return bytes + more <= most || bytes === (but?.bytes ?? 0);
  };
  const begin = (one: Coming): void => {
    const same = [...coming].filter(({ caller }) => caller === one.caller);
    const places = one.caller === null ? limits.openPlaces : limits.places;
    const [first] = same;
    if (first && same.length >= places) cut(first, 'slow');
    coming.add(one);
  };
  const checking = setInterval(() => {
    const now = performance.now();
    for (const one of coming) {
      const age = now - one.since;
      if (age > limits.graceMs && one.came() < (age / 1000) * limits.leastPerSecond) cut(one, 'slow');
    }
  }, checkMs);
  checking.unref();

  const bodyOf = (one: Coming): Body => ({
    whole: () => void coming.delete(one),
    gone: () => letGo(one),
  });
  return {
    count: (caller, source) => {
      const counted: Transform = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
          keep(one, chunk.length);
          const own = caller === null ? 0 : (perCaller.get(caller) ?? 0);
          if (own <= limits.callerBytes && makeRoom(0, one)) return done(null, chunk);
          letGo(one);
          return done(new BodyCut('full'));
        },
      });
      const one: Coming = {
        caller,
        since: performance.now(),
        bytes: 0,
        came: () => one.bytes,
        cut: (why) => {
          source.unpipe(counted);
          source.pause();
          counted.destroy(new BodyCut(why));
        },
      };
      // Whoever reads it hears of a fault by a listener of their own; once nobody reads it any more, one would end the process.
      counted.on('error', () => undefined);
      begin(one);
      source.once('close', () => {
        if (!source.readableEnded) counted.destroy(new BodyCut('slow'));
      });
      source.once('error', (error) => counted.destroy(error));
      const body = bodyOf(one);
      counted.once('end', body.whole);
      source.pipe(counted);
      return { body, counted };
    },
    watch: (caller, came, end) => {
      const one: Coming = { caller, since: performance.now(), bytes: 0, came, cut: end };
      begin(one);
      return bodyOf(one);
    },
    hasRoom: (announced) => makeRoom(announced),
    held: () => ({ bytes, coming: coming.size }),
    stop: () => clearInterval(checking),
  };
}
