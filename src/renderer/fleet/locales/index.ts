import en from './en.ts';
import zh from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    fleet: typeof zh;
  }
}

export const fleetWords = { 'zh-CN': { fleet: zh }, en: { fleet: en } };
