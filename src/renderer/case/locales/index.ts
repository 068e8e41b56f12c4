import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    cases: typeof zh;
  }
}

export const casesWords = { 'zh-CN': { cases: zh }, en: { cases: en } };
