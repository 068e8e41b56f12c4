import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    evidence: typeof zh;
  }
}

export const evidenceWords = { 'zh-CN': { evidence: zh }, en: { evidence: en } };
