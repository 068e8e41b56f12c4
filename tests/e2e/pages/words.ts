import enArchive from '../../../src/renderer/archive/locales/en.ts';
import enCases from '../../../src/renderer/case/locales/en.ts';
import enCommon from '../../../src/renderer/kernel/locales/en/common.ts';
import enDeadlines from '../../../src/renderer/deadlines/locales/en.ts';
import enDocuments from '../../../src/renderer/document/locales/en.ts';
import enEvidence from '../../../src/renderer/evidence/locales/en.ts';
import enFleet from '../../../src/renderer/fleet/locales/en.ts';
import enMerchants from '../../../src/renderer/merchant/locales/en.ts';
import enRegister from '../../../src/renderer/merchant/locales/register-en.ts';
import enProcedure from '../../../src/renderer/procedure/locales/en.ts';
import enFinding from '../../../src/renderer/kernel/locales/en/finding.ts';
import enFunds from '../../../src/renderer/fund/locales/en.ts';
import enReturns from '../../../src/renderer/return/locales/en.ts';
import enSession from '../../../src/renderer/session/locales/en.ts';
import enSupervision from '../../../src/renderer/supervision/locales/en.ts';
import enErrors from '../../../src/renderer/kernel/locales/en/errors.ts';
import enRules from '../../../src/renderer/kernel/locales/en/rules.ts';
import zhArchive from '../../../src/renderer/archive/locales/zh-CN.ts';
import zhCases from '../../../src/renderer/case/locales/zh-CN.ts';
import zhCommon from '../../../src/renderer/kernel/locales/zh-CN/common.ts';
import zhDeadlines from '../../../src/renderer/deadlines/locales/zh-CN.ts';
import zhDocuments from '../../../src/renderer/document/locales/zh-CN.ts';
import zhEvidence from '../../../src/renderer/evidence/locales/zh-CN.ts';
import zhFleet from '../../../src/renderer/fleet/locales/zh-CN.ts';
import zhMerchants from '../../../src/renderer/merchant/locales/zh-CN.ts';
import zhRegister from '../../../src/renderer/merchant/locales/register-zh-CN.ts';
import zhProcedure from '../../../src/renderer/procedure/locales/zh-CN.ts';
import zhFinding from '../../../src/renderer/kernel/locales/zh-CN/finding.ts';
import zhFunds from '../../../src/renderer/fund/locales/zh-CN.ts';
import zhReturns from '../../../src/renderer/return/locales/zh-CN.ts';
import zhSession from '../../../src/renderer/session/locales/zh-CN.ts';
import zhSupervision from '../../../src/renderer/supervision/locales/zh-CN.ts';
import zhErrors from '../../../src/renderer/kernel/locales/zh-CN/errors.ts';
import zhRules from '../../../src/renderer/kernel/locales/zh-CN/rules.ts';

/** The words on the screen, from the locale files themselves: a test finds things as a person reads them. */
export const WORDS = {
  'zh-CN': {
    archive: zhArchive,
    cases: zhCases,
    common: zhCommon,
    deadlines: zhDeadlines,
    documents: zhDocuments,
    evidence: zhEvidence,
    merchants: zhMerchants,
    procedure: zhProcedure,
    register: zhRegister,
    finding: zhFinding,
    fleet: zhFleet,
    funds: zhFunds,
    returns: zhReturns,
    session: zhSession,
    supervision: zhSupervision,
    errors: zhErrors,
    rules: zhRules,
  },
  en: {
    archive: enArchive,
    cases: enCases,
    common: enCommon,
    deadlines: enDeadlines,
    documents: enDocuments,
    evidence: enEvidence,
    merchants: enMerchants,
    procedure: enProcedure,
    register: enRegister,
    finding: enFinding,
    fleet: enFleet,
    funds: enFunds,
    returns: enReturns,
    session: enSession,
    supervision: enSupervision,
    errors: enErrors,
    rules: enRules,
  },
};
export type Language = keyof typeof WORDS;
export const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];
export type Words = (typeof WORDS)[Language];
