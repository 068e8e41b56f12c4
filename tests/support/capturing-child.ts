import { addEvidence } from '../../src/main/evidence/evidence.ts';
import { asStaff } from '../../src/main/kernel/parts.ts';
import { wavOf } from './samples.ts';
import { caseInput, openTestWorkstation, PASSWORD } from './workstation.ts';

// Takes recordings in as evidence as fast as it can and prints each hash once it is acknowledged; the test kills it.
const [folder, seedText = '1'] = process.argv.slice(2);
if (folder === undefined) throw new Error('Give a data folder');
const workstation = await openTestWorkstation(folder);
const { client, api } = workstation.running.connect();
await api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
const context = asStaff(workstation.running.contextOf(client));
const { id } = await api.cases.register(caseInput());
process.stdout.write('started\n');
for (let seed = Number(seedText) * 1000; ; seed += 1) {
  const body = wavOf(3_000_000, seed);
  const { sha256 } = await addEvidence(context, { caseId: id, name: `录音${seed}.wav` }, body);
  process.stdout.write(`${sha256}\n`);
}
