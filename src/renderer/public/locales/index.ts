import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    publication: typeof zh;
  }
}

export const publicationWords = {
  'zh-CN': { publication: zh, rules: zhRules },
  en: { publication: en, rules: enRules },
};
