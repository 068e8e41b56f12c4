import { join } from 'node:path';
import { createCentre, type Centre } from '../../src/central/centre.ts';
import { startEmbeddedPostgres } from '../../src/central/db/embedded.ts';
import { createCentralClient, type CentralClient } from '../../src/protocol/central-client.ts';

export const ADMIN_TOKEN = 'demonstration-administrator-token';

export type RunningCentre = {
  url: string;
  admin: CentralClient;
  centre: Centre;
  stop(): Promise<void>;
};

/** A real centre on a real PostgreSQL: the one `DATABASE_URL` names, or an embedded one in `folder`. */
export async function startCentre(options: {
  folder: string;
  clock?: () => Date;
  port?: number;
}): Promise<RunningCentre> {
  const given = process.env['DATABASE_URL'];
  const postgres = given === undefined ? await startEmbeddedPostgres({ folder: options.folder }) : null;
  const databaseUrl = postgres?.url ?? given ?? '';
  const centre = await createCentre({
    databaseUrl,
    adminToken: ADMIN_TOKEN,
    evidenceFolder: join(options.folder, 'evidence'),
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const { url } = await centre.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return {
    url,
    centre,
    admin: createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN }),
    stop: async () => {
      await centre.close();
      await postgres?.stop();
    },
  };
}
