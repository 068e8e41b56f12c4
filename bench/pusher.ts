/** One system's way of bringing a backlog from a client to a server in a process of its own, durable on both sides. */
export type Pusher = {
  /** Records a backlog of new records at the client, then brings it over; only the latter is timed. Milliseconds. */
  push(round: number): Promise<number>;
  stop(): Promise<void>;
};

/** Records in one backlog. */
export const BACKLOG = 10_000;
/** Records in one write at the client, and in one batch of a replication. */
export const BATCH = 1000;

/** The instant, unit and person of every record. */
export const AT = '2026-03-10T02:00:00.000Z';
export const UNIT = '/HS/C1/M01';
