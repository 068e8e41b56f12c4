import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    inspections: typeof zh;
  }
}

export const inspectionsWords = {
  'zh-CN': { inspections: zh, rules: zhRules },
  en: { inspections: en, rules: enRules },
};
