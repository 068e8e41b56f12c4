import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import enArchive from '../locales/en/archive.ts';
import enCases from '../locales/en/cases.ts';
import enCommon from '../locales/en/common.ts';
import enDeadlines from '../locales/en/deadlines.ts';
import enDocuments from '../locales/en/documents.ts';
import enErrors from '../locales/en/errors.ts';
import enEvidence from '../locales/en/evidence.ts';
import enFinding from '../locales/en/finding.ts';
import enFleet from '../locales/en/fleet.ts';
import enImports from '../locales/en/imports.ts';
import enMerchants from '../locales/en/merchants.ts';
import enProcedure from '../locales/en/procedure.ts';
import enReturns from '../locales/en/returns.ts';
import enRollup from '../locales/en/rollup.ts';
import enRules from '../locales/en/rules.ts';
import enSession from '../locales/en/session.ts';
import enSettings from '../locales/en/settings.ts';
import enSupervision from '../locales/en/supervision.ts';
import zhArchive from '../locales/zh-CN/archive.ts';
import zhCases from '../locales/zh-CN/cases.ts';
import zhCommon from '../locales/zh-CN/common.ts';
import zhDeadlines from '../locales/zh-CN/deadlines.ts';
import zhDocuments from '../locales/zh-CN/documents.ts';
import zhErrors from '../locales/zh-CN/errors.ts';
import zhEvidence from '../locales/zh-CN/evidence.ts';
import zhFinding from '../locales/zh-CN/finding.ts';
import zhFleet from '../locales/zh-CN/fleet.ts';
import zhImports from '../locales/zh-CN/imports.ts';
import zhMerchants from '../locales/zh-CN/merchants.ts';
import zhProcedure from '../locales/zh-CN/procedure.ts';
import zhReturns from '../locales/zh-CN/returns.ts';
import zhRollup from '../locales/zh-CN/rollup.ts';
import zhRules from '../locales/zh-CN/rules.ts';
import zhSession from '../locales/zh-CN/session.ts';
import zhSettings from '../locales/zh-CN/settings.ts';
import zhSupervision from '../locales/zh-CN/supervision.ts';

const resources = {
  'zh-CN': {
    archive: zhArchive,
    cases: zhCases,
    common: zhCommon,
    deadlines: zhDeadlines,
    documents: zhDocuments,
    errors: zhErrors,
    evidence: zhEvidence,
    finding: zhFinding,
    fleet: zhFleet,
    imports: zhImports,
    merchants: zhMerchants,
    procedure: zhProcedure,
    returns: zhReturns,
    rollup: zhRollup,
    rules: zhRules,
    session: zhSession,
    settings: zhSettings,
    supervision: zhSupervision,
  },
  en: {
    archive: enArchive,
    cases: enCases,
    common: enCommon,
    deadlines: enDeadlines,
    documents: enDocuments,
    errors: enErrors,
    evidence: enEvidence,
    finding: enFinding,
    fleet: enFleet,
    imports: enImports,
    merchants: enMerchants,
    procedure: enProcedure,
    returns: enReturns,
    rollup: enRollup,
    rules: enRules,
    session: enSession,
    settings: enSettings,
    supervision: enSupervision,
  },
};

/** zh-CN is the first language; English is complete (its files have the Chinese ones' shape by type). */
export async function startTranslation(language: 'zh-CN' | 'en'): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: 'zh-CN',
    defaultNS: 'common',
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: 'zh-CN' | 'en'): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
