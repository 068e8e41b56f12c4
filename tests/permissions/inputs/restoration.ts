import { uuidv7 } from 'uuidv7';
import type { RestorationAction } from '../../../src/contract/workstation/restoration.ts';
import { id, type Inputs, today } from '../input-values.ts';

const hash = 'a'.repeat(64);
const at = `${today}T10:00:00.000+08:00`;
const act = (action: RestorationAction) => ({ id, revision: 1, eventId: uuidv7(), action });

export const inputs: Inputs<'restorations'> = {
  restorations: {
    list: {},
    get: { id },
    form: { merchantId: id },
    keepFile: { name: '缴款凭证.pdf', base64: 'JVBERi0xLjc=' },
    openFile: { id, sha256: hash },
    reveal: { id, reason: '核对材料' },
    paper: { id, paper: { kind: 'application' } },
    file: {
      restorationId: id,
      merchantId: id,
      windowPath: '/HS/D01/D01W1',
      channel: 'online',
      representative: { name: '张三' },
      handler: { name: '李四', phone: '10012345678', authority: '' },
      publication: true,
      matters: [{ matterId: 'k-1', type: 'penalty', sanctionId: 's-1', proofs: [hash], commitmentId: 'p-1' }],
      attachments: [
        { sha256: hash, size: 10, mediaType: 'application/pdf', kind: 'performance', name: '缴款凭证.pdf' },
      ],
      commitments: [
        {
          commitmentId: 'p-1',
          version: 1,
          signedBy: '张三',
          signedOn: today,
          how: 'screen',
          signature: hash,
        },
      ],
    },
    act: act({
      step: 'restoration-concluded',
      payload: {
        outcomes: [{ matterId: 'k-1', outcome: 'repaired', effectiveAt: at, number: 'XF-1' }],
      },
    }),
  },
};
