import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    stations: typeof zh;
  }
}

export const stationsWords = {
  'zh-CN': { stations: zh, rules: zhRules },
  en: { stations: en, rules: enRules },
};
