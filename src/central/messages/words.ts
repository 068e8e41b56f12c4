import i18next from 'i18next';
import * as zh from '../../words/messages/zh-CN.ts';

const instance = i18next.createInstance();
void instance.init({
  resources: { 'zh-CN': { translation: zh.message } },
  lng: 'zh-CN',
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** What a message is about. */
export type About = Exclude<keyof typeof zh.message, 'contact'>;

const inChinese = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.UTC(year ?? 0, (month ?? 1) - 1, date),
  );
};

/** The text of a message, as merchants read it. */
export function textOf(
  about: About,
  { day, phone, ...said }: { merchant: string; organ: string; number: string; day: string; phone: string },
): string {
  const contact = instance.t('contact', { replace: { phone } });
  return instance.t(about, { replace: { ...said, day: inChinese(day), contact } });
}
