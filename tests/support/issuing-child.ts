import { caseInput, openTestWorkstation } from './workstation.ts';
import { leaseTo } from './numbers.ts';

// Issues documents as fast as it can and prints each one's number, id and hash once it has the file; the test kills it.
const folder = process.argv[2];
if (folder === undefined) throw new Error('Give a data folder');
const workstation = await openTestWorkstation(folder);
await leaseTo(workstation, 500);
const { id: caseId } = await workstation.api.cases.register(caseInput());
process.stdout.write('ready\n');
for (;;) {
  const documentId = crypto.randomUUID();
  const { document } = await workstation.api.documents.issue({
    caseId,
    documentId,
    kind: 'receipt',
    fields: { materials: '小票' },
  });
  process.stdout.write(`${document.sequence} ${documentId} ${document.sha256}\n`);
}
