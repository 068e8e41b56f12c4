import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    figures: typeof zh;
  }
}

export const figuresWords = { 'zh-CN': { figures: zh }, en: { figures: en } };
