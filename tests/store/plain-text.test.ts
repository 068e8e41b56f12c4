import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { faultOfValue, plainText } from '../../src/domain/kernel/text/index.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { caseInput, openTestWorkstation, PASSWORD } from '../support/workstation.ts';

let open: Awaited<ReturnType<typeof openTestWorkstation>>;
let remove: () => Promise<void>;

beforeAll(async () => {
  const temporary = await temporaryFolder();
  ({ remove } = temporary);
  open = await openTestWorkstation(temporary.folder);
  await open.api.session.signIn({ staffId: open.staffId, password: PASSWORD });
});
afterAll(async () => {
  await open.running.close();
  await remove();
});

it('records what was entered as people see it, whatever came along with it', async () => {
  const along = fc.constantFrom(
    '\u0000',
    '\u200b',
    '\ufeff',
    '\u001b',
    '\ud83d',
    '\u000b',
    '\r\n',
    'e\u0301',
    '😀',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(along, { minLength: 1, maxLength: 6 }), async (pieces) => {
      const text = `退货${pieces.join('与')}被拒`;
      const input = caseInput();
      const { id } = await open.api.cases.register({
        ...input,
        consumer: { ...input.consumer, name: `张\u0000\u200b三` },
        facts: { ...input.facts, text },
      });
      const { state } = await open.api.cases.get({ id });
      expect(state.facts.text).toBe(plainText(text));
      expect(state.consumer.name).toBe('张三');
      expect(faultOfValue(state)).toBeNull();
    }),
    { numRuns: 25 },
  );
});

it('refuses a name of nothing but what nobody sees, and names the field', async () => {
  const input = caseInput();
  await expect(
    open.api.cases.register({ ...input, consumer: { ...input.consumer, name: '\u0000' } }),
  ).rejects.toMatchObject({ code: 'RULE', data: { field: 'consumer.name' } });
});
