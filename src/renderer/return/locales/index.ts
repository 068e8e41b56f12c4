import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    returns: typeof zh;
  }
}

export const returnsWords = { 'zh-CN': { returns: zh }, en: { returns: en } };
