/** The machine's clock: the one place that asks it. Everything else is given a clock, so that a test can set the day. */
export const systemClock = (): Date => new Date();
