import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    session: typeof zh;
  }
}

export const sessionWords = { 'zh-CN': { session: zh }, en: { session: en } };
