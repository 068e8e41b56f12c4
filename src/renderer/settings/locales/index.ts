import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    settings: typeof zh;
  }
}

export const settingsWords = { 'zh-CN': { settings: zh }, en: { settings: en } };
