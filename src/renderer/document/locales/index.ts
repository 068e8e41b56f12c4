import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    documents: typeof zh;
  }
}

export const documentsWords = { 'zh-CN': { documents: zh }, en: { documents: en } };
