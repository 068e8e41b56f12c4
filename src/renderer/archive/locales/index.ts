import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    archive: typeof zh;
  }
}

export const archiveWords = { 'zh-CN': { archive: zh }, en: { archive: en } };
