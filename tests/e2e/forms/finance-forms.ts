import type { ConsentView } from '../../../src/contract/workstation/finance.ts';
import type { CreditLineState, WhitelistChange } from '../../../src/domain/finance/index.ts';
import english from '../../../src/renderer/finance/locales/en.ts';
import chinese from '../../../src/renderer/finance/locales/zh-CN.ts';
import type { Language } from '../pages/words.ts';
import type { Form } from './form.ts';

export const FINANCE = { 'zh-CN': chinese, en: english };
const AT = '2026-03-02T02:00:00.000Z';
const BANK = { unitPath: '/HS/B01', name: '合作银行' };

/** The forms of a merchant's finance, each on the merchant's page but for the consent itself. */
export function financeForms(merchantId: () => string): Record<string, Form> {
  const onPage = (source: string, button: (said: typeof english) => string): Form => ({
    source: `finance/${source}`,
    at: () => `merchants/${merchantId()}`,
    button: (language: Language) => button(FINANCE[language]),
  });
  return {
    'licence-recorded': onPage('licence.tsx', (said) => said.licence.title),
    'consent-granted': {
      source: 'finance/consent-form.tsx',
      at: () => `merchants/${merchantId()}/consent`,
      button: null,
    },
    'consent-revoked': onPage('consents.tsx', (said) => said.consents.revoke),
    'whitelist-notice-given': onPage('whitelist.tsx', (said) => said.whitelist.record),
    'credit-line-granted': onPage('lines.tsx', (said) => said.lines.new),
    'credit-line-drawn': onPage('lines.tsx', (said) => said.lines.draw),
    'credit-line-repaid': onPage('lines.tsx', (said) => said.lines.repay),
    'credit-line-closed': onPage('lines.tsx', (said) => said.lines.close),
  };
}

const terms = {
  merchantPath: '/HS/C1/M01/S001',
  merchantName: '海曙鞋行',
  items: ['grade' as const],
  purpose: '申请贷款',
  manner: 'asked-of-centre' as const,
  from: '2026-03-01',
  until: '2099-01-01',
};
const change: WhitelistChange = {
  change: 'entered',
  version: 1,
  on: '2026-03-02',
  reasons: [{ rule: 'grade', has: 'B', needs: 'C' }],
  noticeOn: null,
};

/** What finance knows of a merchant to which everything has happened. */
export function financeWith(answer: Record<string, unknown>): Record<string, unknown> {
  const merchantId = String(answer['merchantId']);
  const consent: ConsentView = {
    state: {
      ...terms,
      id: `${merchantId}.offered`,
      merchantId,
      recipient: { ...BANK, contact: '柜台' },
      signer: { name: '王虚构', position: '经理', idTail: '****', capacity: 'agent', authority: '委托书' },
      signature: { manner: 'on-paper', signedOn: '2026-03-01' },
      textSha256: 'a'.repeat(64),
      granted: { staffId: 'another', name: '虚构王', at: AT, unitPath: '/HS/C1' },
      revoked: null,
      revision: 1,
    },
    number: 'S-0000OFFERED0',
    standing: 'in-force',
    fileHere: false,
  };
  const line: CreditLineState = {
    id: `${merchantId}.line`,
    merchantId,
    merchantPath: terms.merchantPath,
    merchantName: terms.merchantName,
    category: 'enterprise',
    lender: BANK,
    consentId: consent.state.id,
    product: 'haixin-loan',
    fen: 10_000_000,
    on: '2026-03-01',
    until: '2099-01-01',
    reference: 'DK-1',
    drawnFen: 0,
    repaidFen: 0,
    entries: [],
    closedOn: null,
    revision: 1,
  };
  return {
    ...answer,
    consents: [consent],
    lines: [line],
    whitelist: { ...Object(answer['whitelist']), listed: true, changes: [change] },
  };
}
