import pg from 'pg';

/**
 * Kills a centre's database connection at one of the statements of a transaction, by PostgreSQL's own
 * `pg_terminate_backend`: before the statement runs, or (at the commit) after it has.
 */
type Plan = { statement: number; fired: boolean };

/** The lock of a device's log, which is what a batch does first. */
const BEGINS_A_BATCH = /head_sequence.*FROM device\s.*FOR UPDATE/s;

let plan: Plan | null = null;
let killer: pg.Client | null = null;
let seen = new WeakMap<object, number>();
let watching = false;

/** A statement's text, whether it comes as such or as one that is kept prepared. */
function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  const { text } = (statement ?? {}) as { text?: unknown };
  return typeof text === 'string' ? text : '';
}

async function kill(client: pg.Client & { processID?: number }): Promise<void> {
  // Waits until it is gone, so that its locks are.
  await killer?.query('SELECT pg_terminate_backend($1, 5000)', [client.processID]);
}

/** Must run before the first connection is opened. `url` is any database of the server. */
export async function prepareKills(url: string): Promise<() => Promise<void>> {
  const own = new pg.Client({ connectionString: url });
  await own.connect();
  killer = own;
  if (!watching) {
    watching = true;
    const { query } = pg.Client.prototype;
    const watched = function (this: pg.Client, ...given: unknown[]): unknown {
      const run = (): Promise<unknown> => Reflect.apply(query, this, given) as Promise<unknown>;
      const text = textOf(given[0]);
      if (plan === null || plan.fired || this === killer || text === '') return run();
      if (text === 'begin' || text.startsWith('start transaction')) seen.set(this, 0);
      const count = seen.get(this);
      if (count === undefined) return run();
      // Jobs begin transactions too, when real time says so.
      if (count === 1 && !BEGINS_A_BATCH.test(text)) {
        seen.delete(this);
        return run();
      }
      seen.set(this, count + 1);
      const commit = text === 'commit';
      if (count < Math.max(1, plan.statement) && !commit) return run();
      plan.fired = true;
      // A plan for a later statement than the transaction has kills right after the commit.
      if (commit && count < plan.statement) {
        return (async () => {
          await run();
          await kill(this);
          throw Object.assign(new Error('Connection terminated after the commit'), { code: '57P01' });
        })();
      }
      return kill(this).then(run);
    };
    pg.Client.prototype.query = watched as typeof query;
  }
  return async () => {
    killer = null;
    await own.end();
  };
}

/** The next batch's transaction loses its connection at its statement number `statement`, or right after its commit. */
export function armKill(statement: number): void {
  plan = { statement, fired: false };
  seen = new WeakMap();
}

/** Ends the plan; true when it came to the kill. */
export function disarmKill(): boolean {
  const fired = plan?.fired ?? false;
  plan = null;
  return fired;
}
