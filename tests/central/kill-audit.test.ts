import { expect, it } from 'vitest';
import { audit } from '../../tools/kill-test/ledger.ts';
import { MALL, mallMediator, newCase, steps, useCentre } from './setting.ts';

const setting = useCentre();

it('the audit of a kill test counts what is lost, what is doubled, and what was in doubt', async () => {
  const device = await setting.device(MALL);
  const stream = newCase();
  const on = { stream, actor: mallMediator };
  const note = (text: string) => device.event({ ...on, type: 'note-added', payload: { text } });
  await device.push([
    device.event({ ...on, ...steps.register() }),
    note('twice'),
    note('twice'),
    note('once'),
    note('in doubt'),
    // Refused, so that it is not there.
    device.event({ ...on, ...steps.close() }),
  ]);
  const caseId = stream.id;
  const result = await audit(setting.centre.centre.database, {
    acknowledged: [
      { type: 'case-registered', caseId },
      { type: 'case-accepted', caseId },
      { type: 'case-registered', caseId: newCase().id },
      { type: 'note-added', caseId, text: 'twice' },
      { type: 'note-added', caseId, text: 'once' },
    ],
    inDoubt: [
      { type: 'note-added', caseId, text: 'in doubt' },
      { type: 'note-added', caseId, text: 'never' },
    ],
  });
  expect(result).toMatchObject({ acknowledged: 5, inDoubt: 2, inDoubtArrived: 1, lost: 2, doubled: 1 });
  expect(result.examples).toContain(`case-accepted:${caseId}`);
  expect(result.examples).toContain('twice');
});
