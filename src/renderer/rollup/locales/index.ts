import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    rollup: typeof zh;
  }
}

export const rollupWords = { 'zh-CN': { rollup: zh }, en: { rollup: en } };
