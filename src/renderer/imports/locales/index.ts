import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    imports: typeof zh;
  }
}

export const importsWords = { 'zh-CN': { imports: zh }, en: { imports: en } };
