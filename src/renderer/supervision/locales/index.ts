import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    supervision: typeof zh;
  }
}

export const supervisionWords = { 'zh-CN': { supervision: zh }, en: { supervision: en } };
