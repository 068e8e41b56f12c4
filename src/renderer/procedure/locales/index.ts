import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    procedure: typeof zh;
  }
}

export const procedureWords = { 'zh-CN': { procedure: zh }, en: { procedure: en } };
