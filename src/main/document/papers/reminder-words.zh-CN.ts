import type { Eligibility, SanctionState } from '../../../domain/sanction/index.ts';
import { labels } from './labels.zh-CN.ts';

const KIND: Readonly<Record<SanctionState['kind'], string>> = {
  penalty: '行政处罚',
  'abnormal-listing': '经营异常名录（个体工商户为经营异常状态标记）',
  'severe-listing': '严重失信主体名单',
  'spot-check': '抽查检查结果',
  other: '其他失信信息',
};
const CHANNEL: Readonly<Record<SanctionState['channel'], string>> = {
  creditchina: '信用中国网站',
  gsxt: '国家企业信用信息公示系统',
};

/** What a letter says that reminds a merchant of a record. Papers are Chinese whatever the language of the screen. */
export const reminderWords = {
  title: '信用修复提醒函',
  colon: '：',
  foot: '信用修复提醒函 ',
  opening: '你单位有以下信息正在公示，现将信用修复事项提醒如下：',
  record: '一、公示的信息',
  recordHead: ['类型', '决定机关', '文号', '认定日期'],
  kind: (kind: SanctionState['kind']): string => KIND[kind],
  channel: (channel: SanctionState['channel']): string => `公示渠道：${CHANNEL[channel]}。`,
  repair: '二、能否修复',
  day: (day: string): string => labels.day(day),
  verdict: (eligibility: Eligibility): string => {
    switch (eligibility.verdict) {
      case 'now':
        return '现在可以申请信用修复。';
      case 'on':
        return `自${labels.day(eligibility.day)}起可以申请信用修复。`;
      case 'needs-duty':
        return [
          eligibility.duties.length > 0 ? '须先履行本函所列义务' : '须先移出有关名录',
          eligibility.notBefore === null ? '' : `，并自${labels.day(eligibility.notBefore)}起`,
          '，方可申请信用修复。',
        ].join('');
      case 'never':
        return '依规定不能申请提前停止公示。';
      case 'to-be-looked-at':
        return '能否修复须由本单位核对，请携带决定文书前来咨询。';
    }
  },
  article: (article: string): string => `依据：${article}。`,
  blockedBy: (title: string, article: string): string => `尚有：${title}。${article}。`,
  ends: (day: string): string => `不申请修复的，公示至${labels.day(day)}。`,
  duties: '三、须履行的义务',
  noDuties: '没有尚未履行的义务。',
  duty: (place: number, text: string, doneOn: string | null): string =>
    `${place}. ${text}${doneOn === null ? '（未履行）' : `（${labels.day(doneOn)}已履行）`}`,
  how: '四、申请材料',
  materials: '履行义务的证明和信用承诺书。信用修复不收取任何费用。',
  condition: (article: string): string => `条件：${article}。`,
  delivery: '收件人（签字）：                    日期：',
};
