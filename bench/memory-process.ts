/**
 * A workstation in a process of its own: `memory-process.ts record FOLDER CENTRE CODE` enrols and leaves a backlog behind;
 * `memory-process.ts work FOLDER` opens that folder, works, brings the backlog over, and tells its greatest memory.
 */
import '../src/main/young-heap.ts';

// As `npm start` loads them.
const { createNodeHost } = await import('../src/main/hosts/node.ts');
const { startWorkstation } = await import('../src/main/workstation.ts');
const { caseInput, PASSWORD } = await import('../tests/support/workstation.ts');
const { recordBacklog } = await import('./backlog.ts');

const COMMANDS = 100;

const [mode, dataFolder = '', centreUrl = '', code = ''] = process.argv.slice(2);
const host = createNodeHost(dataFolder);
const workstation = await startWorkstation({ dataFolder, host, automaticSync: false });
const { api } = workstation.connect();
if (mode === 'record') {
  await api.session.enrol({ centreUrl, code, deviceName: 'bench' });
  await recordBacklog(workstation, 0);
} else {
  await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
  for (let done = 0; done < COMMANDS; done += 1) {
    await api.cases.register(caseInput());
    await api.cases.list({ filter: { search: '张' }, limit: 50 });
  }
  const status = await workstation.parts.sync.run();
  if (status.sign !== 'proved') throw new Error(`Not proved: ${status.reason}`);
  process.send?.(process.resourceUsage().maxRSS * 1024);
}
await workstation.close();
process.disconnect();
