import { sql } from 'kysely';
import type pg from 'pg';
import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { Bodies } from './bodies.ts';
import type { Pressure } from './pressure.ts';

type Lag = { status: string; stations: number; furthest: number; total: number };

/**
 * How many items of their feeds the workstations were not given yet. A workstation that has never told its place
 * (an older release) is left out.
 */
async function feedLag(database: Database): Promise<Lag[]> {
  const { rows } = await sql<Lag>`
    SELECT device.status, count(*)::int AS stations,
      coalesce(max(feed_head.position - device.feed_position), 0)::bigint AS furthest,
      coalesce(sum(feed_head.position - device.feed_position), 0)::bigint AS total
    FROM device LEFT JOIN feed_head ON feed_head.unit_path = device.unit_path
    WHERE device.id <> 'centre' GROUP BY device.status`.execute(database);
  return rows;
}

/**
 * Figures that are read when Prometheus asks: workstations and how far behind their feeds they are, the pool, and
 * what this process has in hand. Without a database the figures of the process still come.
 */
export function watchState(
  registry: Registry,
  {
    database,
    pool,
    pressure,
    bodies,
    streams,
  }: { database: Database; pool: pg.Pool; pressure: Pressure; bodies: Bodies; streams: () => number },
): void {
  const registers = [registry];
  // Prometheus's client asks both gauges at the same time: they share one answer.
  let asking: Promise<Lag[] | null> | undefined;
  const lag = (): Promise<Lag[] | null> =>
    (asking ??= feedLag(database)
      .catch(() => null)
      .finally(() => {
        asking = undefined;
      }));
  const stations = new Gauge({
    name: 'heshi_workstations',
    help: 'Enrolled workstations, by status',
    labelNames: ['status'],
    registers,
    collect: async () => {
      const rows = await lag();
      for (const status of ['active', 'quarantined', 'revoked'])
        if (rows) stations.set({ status }, rows.find((one) => one.status === status)?.stations ?? 0);
    },
  });
  const behind = new Gauge({
    name: 'heshi_feed_lag_items',
    help: 'Feed items that active workstations were not given yet: of the furthest behind, and of all together',
    labelNames: ['of'],
    registers,
    collect: async () => {
      const rows = await lag();
      if (!rows) return;
      const active = rows.find(({ status }) => status === 'active');
      behind.set({ of: 'furthest' }, active?.furthest ?? 0);
      behind.set({ of: 'all' }, active?.total ?? 0);
    },
  });
  const connections = new Gauge({
    name: 'heshi_pool_connections',
    help: 'Connections to the database: in use, idle, and calls that wait for one',
    labelNames: ['state'],
    registers,
    collect: () => {
      connections.set({ state: 'used' }, pool.totalCount - pool.idleCount);
      connections.set({ state: 'idle' }, pool.idleCount);
      connections.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
  const inFlight = new Gauge({
    name: 'heshi_in_flight',
    help: 'Calls being answered by this process, bodies that are still coming, and bytes of all bodies',
    labelNames: ['of'],
    registers,
    collect: () => {
      const { bytes, coming } = bodies.held();
      inFlight.set({ of: 'calls' }, pressure.calls());
      inFlight.set({ of: 'bodies' }, coming);
      inFlight.set({ of: 'bytes' }, bytes);
    },
  });
  const listening = new Gauge({
    name: 'heshi_streams',
    help: 'Workstations that listen for nudges at this process',
    registers,
    collect: () => {
      listening.set(streams());
    },
  });
}
