import en, { rules as enRules } from './en.ts';
import enRegister, { rules as enRegisterRules } from './register-en.ts';
import zhRegister, { rules as zhRegisterRules } from './register-zh-CN.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    merchants: typeof zh;
    register: typeof zhRegister;
  }
}

export const merchantsWords = {
  'zh-CN': { merchants: zh, register: zhRegister, rules: { ...zhRules, ...zhRegisterRules } },
  en: { merchants: en, register: enRegister, rules: { ...enRules, ...enRegisterRules } },
};
