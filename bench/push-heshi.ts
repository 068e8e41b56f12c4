import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { createNodeHost } from '../src/main/hosts/node.ts';
import { startWorkstation } from '../src/main/workstation.ts';
import { codeFor, createTestDistrict } from '../tests/support/postgres.ts';
import { PASSWORD } from '../tests/support/workstation.ts';
import { startCentre } from '../tools/world/centre.ts';
import { recordBacklog } from './backlog.ts';
import { UNIT, type Pusher } from './pusher.ts';
import { timed } from './row.ts';

/** A workstation and a centre, every check, feed and roll-up on; a push has ended when the sign is green. */
export async function openHeshi(folder: string): Promise<Pusher> {
  const centre = await startCentre({ folder: join(folder, 'centre') });
  await createTestDistrict(centre, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
  const dataFolder = join(folder, 'workstation');
  const host = createNodeHost(dataFolder);
  const running = await startWorkstation({ dataFolder, host, automaticSync: false });
  const code = await codeFor(centre, UNIT);
  await running.connect().api.session.enrol({ centreUrl: centre.url, code, deviceName: 'bench' });
  const { parts: workstation } = running;
  // Before anything is recorded: the first round hears that facts are sealed.
  await workstation.sync.run();
  return {
    push: async (round) => {
      await recordBacklog(running, round);
      return timed(async () => {
        const status = await workstation.sync.run();
        if (status.sign !== 'proved') throw new Error(`Not proved: ${status.reason}`);
      });
    },
    stop: async () => {
      await running.close();
      await centre.stop();
    },
  };
}
