import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCentre } from './centre.ts';
import { startEmbeddedPostgres } from './db/embedded.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join('.heshi', 'central') },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8420' },
  },
});

const given = process.env['DATABASE_URL'];
const postgres = given === undefined ? await startEmbeddedPostgres({ folder: values.data }) : null;
const token = process.env['HESHI_ADMIN_TOKEN'] ?? randomBytes(24).toString('base64url');
const probe = await createCentre({ databaseUrl: postgres?.url ?? given ?? '' });
const first = !probe.hadAdministrator;
await probe.close();
const centre = await createCentre({
  databaseUrl: postgres?.url ?? given ?? '',
  // A database with administrators keeps them; one more only when the environment names it.
  ...(first || process.env['HESHI_ADMIN_TOKEN'] !== undefined ? { adminToken: token } : {}),
});
const { url } = await centre.listen({ host: values.host, port: Number(values.port) });
process.stdout.write(
  `Heshi centre at ${url}, ${postgres ? `embedded PostgreSQL in ${values.data}` : 'DATABASE_URL'}\n`,
);
if (first && process.env['HESHI_ADMIN_TOKEN'] === undefined) {
  process.stdout.write(`Administrator token, shown once: ${token}\n`);
}

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await centre.close();
  await postgres?.stop();
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
