import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    merchants: typeof zh;
  }
}

export const merchantsWords = { 'zh-CN': { merchants: zh }, en: { merchants: en } };
