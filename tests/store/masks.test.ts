import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { caseInput, openTestWorkstation } from '../support/workstation.ts';

type TestWorkstation = Awaited<ReturnType<typeof openTestWorkstation>>;

let workstation: TestWorkstation;
let remove: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryFolder();
  ({ remove } = temporary);
  workstation = await openTestWorkstation(temporary.folder);
});
afterAll(async () => {
  await workstation.running.close();
  await remove();
});

it('a case leaves the service without a whole number of the consumer or of who acts for them, corrected or not', async () => {
  const { cases } = workstation.api;
  const numbers = ['13911112222', '13811113333', '13711114444', '330203199001011234'];
  const [first = '', corrected = '', agent = '', idNumber = ''] = numbers;
  const consumer = { name: '欧阳', phone: first, idType: 'resident-id', idNumber } as const;
  const { id } = await cases.register(caseInput({ consumer }));
  const appointed = {
    agentId: crypto.randomUUID(),
    side: 'consumer',
    name: '代理人',
    phone: agent,
    authority: 'general',
  } as const;
  await cases.act({ id, revision: 1, action: { step: 'agent-appointed', payload: appointed } });
  const payload = { reason: '写错', consumerPhone: corrected };
  await cases.act({ id, revision: 2, action: { step: 'case-corrected', payload } });
  const text = JSON.stringify(await cases.get({ id }));
  expect(text).toContain('代理人');
  for (const number of numbers) expect(text).not.toContain(number);
});
