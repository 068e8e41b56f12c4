/**
 * A workstation in a process of its own that opens a register: `import-process.ts FOLDER FILE` tells how long that took, its
 * greatest memory, and how long a list took that was asked for meanwhile.
 */
import '../src/main/young-heap.ts';
import { readFile } from 'node:fs/promises';

// As `npm start` loads them.
const { createNodeHost } = await import('../src/main/hosts/node.ts');
const { startWorkstation } = await import('../src/main/workstation.ts');

const EVERY_MS = 20;
const [dataFolder = '', file = ''] = process.argv.slice(2);
const workstation = await startWorkstation({
  dataFolder,
  host: createNodeHost(dataFolder),
  automaticSync: false,
});
const { api } = workstation.connect();
await api.session.signIn({ staffId: 'staff-M01-mediator', password: 'test-password' });
const times: number[] = [];
let reading = true;
const others = (async () => {
  while (reading) {
    const started = performance.now();
    await api.cases.list({ limit: 50 });
    times.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
})();
const base64 = (await readFile(file)).toString('base64');
const started = performance.now();
const { rows, accepted } = await api.imports.open({ fileName: 'register.xlsx', base64 });
const milliseconds = performance.now() - started;
reading = false;
await others;
times.sort((a, b) => a - b);
process.send?.({
  rows,
  accepted,
  milliseconds,
  p95: times[Math.floor(times.length * 0.95)] ?? 0,
  calls: times.length,
  bytes: process.resourceUsage().maxRSS * 1024,
});
await workstation.close();
process.disconnect();
