import { uptime } from 'node:os';

/** The machine's clock: the one place that asks it. Everything else is given a clock, so that a test can set the day. */
export const systemClock = (): Date => new Date();

/**
 * Milliseconds that the machine has run, sleep included: what waits are measured by, since nobody sets it. It begins anew with
 * the machine and not with this program.
 */
export const systemUptime = (): number => Math.round(uptime() * 1000);
