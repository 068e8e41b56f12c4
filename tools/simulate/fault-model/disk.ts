import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';

/**
 * Watches the statements of real SQLite connections, so that a workstation can die at exactly one of them. The
 * product knows nothing of this: the driver's own prototypes are wrapped, in the simulator's process only.
 */
export type Verdict = 'go' | 'die-before' | 'die-after';

type Plan = {
  judge: (statement: string) => Verdict;
  /** Takes the files as they are at that moment. */
  onDeath: () => void;
  dead: boolean;
};

const owners = new WeakMap<object, sqlite3.Database>();
const plans = new WeakMap<sqlite3.Database, Plan>();

type Callback = (this: sqlite3.Statement, error: Error | null, rows: unknown[]) => void;

const gone = (): Error => Object.assign(new Error('SQLITE_IOERR: simulated crash'), { code: 'SQLITE_IOERR' });

let watching = false;

function watch(): void {
  if (watching) return;
  watching = true;
  const { prepare } = sqlite3.Database.prototype;
  sqlite3.Database.prototype.prepare = function (this: sqlite3.Database, ...given: unknown[]) {
    const statement = Reflect.apply(prepare, this, given) as sqlite3.Statement;
    owners.set(statement, this);
    return statement;
  } as typeof prepare;
  const { all } = sqlite3.Statement.prototype;
  sqlite3.Statement.prototype.all = function (this: sqlite3.Statement, ...given: unknown[]) {
    const owner = owners.get(this);
    const plan = owner && plans.get(owner);
    const callback = given.at(-1);
    if (!plan || typeof callback !== 'function') return Reflect.apply(all, this, given);
    const answer = callback as Callback;
    const text = 'sql' in this ? String(this.sql) : '';
    // What has died answers nothing any more; its transaction may still be rolled back, so that it can be closed.
    if (plan.dead && text !== 'rollback') {
      setImmediate(() => answer.call(this, gone(), []));
      return this;
    }
    const verdict = plan.dead ? 'go' : plan.judge(text);
    if (verdict === 'go') return Reflect.apply(all, this, given);
    plan.dead = true;
    if (verdict === 'die-before') {
      plan.onDeath();
      setImmediate(() => answer.call(this, gone(), []));
      return this;
    }
    const after: Callback = () => {
      plan.onDeath();
      answer.call(this, gone(), []);
    };
    return Reflect.apply(all, this, [...given.slice(0, -1), after]);
  } as typeof all;
}

/** From now on `judge` is asked before each statement of this connection. */
export function planDeath(handle: sqlite3.Database, judge: Plan['judge'], onDeath: () => void): void {
  plans.set(handle, { judge, onDeath, dead: false });
}

export function withdrawPlan(handle: sqlite3.Database): void {
  if (plans.get(handle)?.dead !== true) plans.delete(handle);
}

/** Must run before the first connection is opened. */
export function prepareDisk(): void {
  watch();
}

/** The files a workstation would find after a crash at this very moment. No statement may be running. */
export function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name.startsWith('lock.sqlite') || name.endsWith('-shm')) continue;
    cpSync(join(from, name), join(to, name), { recursive: true });
  }
}
