import { caseInput, openTestWorkstation } from './workstation.ts';

// Registers cases as fast as it can and prints each one's id once it is acknowledged; the test kills it.
const folder = process.argv[2];
if (folder === undefined) throw new Error('Give a data folder');
const workstation = await openTestWorkstation(folder);
for (;;) {
  const input = caseInput();
  const { id } = await workstation.api.cases.register(input);
  process.stdout.write(`${id}\n`);
}
