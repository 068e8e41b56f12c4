import { workerData } from 'node:worker_threads';
import { openDatabase } from '../kernel/db/database.ts';
import { performRun } from './perform.ts';

/** What the serving thread says to the one it starts. */
export type MaintenanceOrder = { databaseUrl: string; runId: string };

// Only whoever starts the thread gives it this, in the same release.
const { databaseUrl, runId } = workerData as MaintenanceOrder;
const { database } = openDatabase(databaseUrl);
try {
  await performRun(database, runId);
} finally {
  await database.destroy();
}
