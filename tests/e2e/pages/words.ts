import enArchive from '../../../src/renderer/locales/en/archive.ts';
import enCases from '../../../src/renderer/locales/en/cases.ts';
import enCommon from '../../../src/renderer/locales/en/common.ts';
import enDeadlines from '../../../src/renderer/locales/en/deadlines.ts';
import enDocuments from '../../../src/renderer/locales/en/documents.ts';
import enEvidence from '../../../src/renderer/locales/en/evidence.ts';
import enFleet from '../../../src/renderer/locales/en/fleet.ts';
import enProcedure from '../../../src/renderer/locales/en/procedure.ts';
import enFinding from '../../../src/renderer/locales/en/finding.ts';
import enReturns from '../../../src/renderer/locales/en/returns.ts';
import enSession from '../../../src/renderer/locales/en/session.ts';
import enSupervision from '../../../src/renderer/locales/en/supervision.ts';
import enErrors from '../../../src/renderer/locales/en/errors.ts';
import zhArchive from '../../../src/renderer/locales/zh-CN/archive.ts';
import zhCases from '../../../src/renderer/locales/zh-CN/cases.ts';
import zhCommon from '../../../src/renderer/locales/zh-CN/common.ts';
import zhDeadlines from '../../../src/renderer/locales/zh-CN/deadlines.ts';
import zhDocuments from '../../../src/renderer/locales/zh-CN/documents.ts';
import zhEvidence from '../../../src/renderer/locales/zh-CN/evidence.ts';
import zhFleet from '../../../src/renderer/locales/zh-CN/fleet.ts';
import zhProcedure from '../../../src/renderer/locales/zh-CN/procedure.ts';
import zhFinding from '../../../src/renderer/locales/zh-CN/finding.ts';
import zhReturns from '../../../src/renderer/locales/zh-CN/returns.ts';
import zhSession from '../../../src/renderer/locales/zh-CN/session.ts';
import zhSupervision from '../../../src/renderer/locales/zh-CN/supervision.ts';
import zhErrors from '../../../src/renderer/locales/zh-CN/errors.ts';

/** The words on the screen, from the locale files themselves: a test finds things as a person reads them. */
export const WORDS = {
  'zh-CN': {
    archive: zhArchive,
    cases: zhCases,
    common: zhCommon,
    deadlines: zhDeadlines,
    documents: zhDocuments,
    evidence: zhEvidence,
    procedure: zhProcedure,
    finding: zhFinding,
    fleet: zhFleet,
    returns: zhReturns,
    session: zhSession,
    supervision: zhSupervision,
    errors: zhErrors,
  },
  en: {
    archive: enArchive,
    cases: enCases,
    common: enCommon,
    deadlines: enDeadlines,
    documents: enDocuments,
    evidence: enEvidence,
    procedure: enProcedure,
    finding: enFinding,
    fleet: enFleet,
    returns: enReturns,
    session: enSession,
    supervision: enSupervision,
    errors: enErrors,
  },
};
export type Language = keyof typeof WORDS;
export type Words = (typeof WORDS)[Language];
