import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    privacy: typeof zh;
  }
}

export const privacyWords = {
  'zh-CN': { privacy: zh, rules: zhRules },
  en: { privacy: en, rules: enRules },
};
