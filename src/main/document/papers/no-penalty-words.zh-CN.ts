import type { Harm, Verdict } from '../../../domain/leniency/index.ts';
import { labels } from './labels.zh-CN.ts';

/** What a decision not to punish says. Papers are Chinese whatever the language of the screen. */
export const noPenaltyWords = {
  title: '不予行政处罚决定书',
  colon: '：',
  foot: '不予行政处罚决定书 ',
  found: '一、违法事实',
  facts: (day: string, item: string, facts: string): string =>
    `经查，你单位于${labels.day(day)}存在下列行为：${item}。${facts}`,
  grounds: '二、不予处罚的理由和依据',
  first: (months: number): string => `（一）初次违法：前后${months}个月内未查见你单位同一种类的违法行为。`,
  harm: (harm: Harm, ground: string): string =>
    `（二）危害后果：${{ none: '没有造成危害后果', slight: '危害后果轻微', more: '' }[harm]}。${ground}`,
  corrected: (by: string, on: string, ground: string): string =>
    `（三）改正情况：应当在${labels.day(by)}以前改正，已于${labels.day(on)}改正。${ground}`,
  law: (verdict: Verdict): string =>
    verdict === 'not-punished'
      ? '《中华人民共和国行政处罚法》第三十三条第一款规定：违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。'
      : '《中华人民共和国行政处罚法》第三十三条第一款规定：初次违法且危害后果轻微并及时改正的，可以不予行政处罚。',
  decision: '三、决定',
  decided: '根据上述规定，本机关决定对你单位不予行政处罚。',
  educated:
    '依照同条第三款，本机关对你单位进行教育：请遵守有关法律、法规，避免再次发生同类行为。再次发生的，将依法处理。',
  redress: '如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，或者在六个月内依法提起行政诉讼。',
  delivery: '受送达人签收：                    日期：',
};
