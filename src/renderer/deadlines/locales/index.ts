import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    deadlines: typeof zh;
  }
}

export const deadlinesWords = { 'zh-CN': { deadlines: zh }, en: { deadlines: en } };
