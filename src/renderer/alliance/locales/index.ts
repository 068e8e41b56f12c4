import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    alliance: typeof zh;
  }
}

export const allianceWords = {
  'zh-CN': { alliance: zh, rules: zhRules },
  en: { alliance: en, rules: enRules },
};
