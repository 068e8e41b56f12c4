import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    repair: typeof zh;
  }
}

export const repairWords = { 'zh-CN': { repair: zh }, en: { repair: en } };
