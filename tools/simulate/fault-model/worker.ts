/** Runs seeds one after the other as it is told: `node worker.ts SERVER-URL FAULT,FAULT,… STEPS`. */
import { prepareKills } from './connection-kills.ts';
import { prepareDisk } from './disk.ts';
import { readFaults } from './kinds.ts';
import { runSeed } from './run-seed.ts';
import { withDatabase } from './server.ts';

const [serverUrl = '', names = 'all', steps] = process.argv.slice(2);
const faults = readFaults(names) ?? new Set();
prepareDisk();
const stop = await prepareKills(serverUrl);

process.on('message', (seed: number | 'stop') => {
  if (seed === 'stop') {
    void stop().then(() => process.exit());
    return;
  }
  void withDatabase(serverUrl, `seed_${process.pid}_${seed}`, (databaseUrl) =>
    runSeed({ seed, faults, databaseUrl, ...(steps === undefined ? {} : { steps: Number(steps) }) }),
  ).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
