import * as credit from '../../../words/credit/zh-CN.ts';
import { labels } from './labels.zh-CN.ts';

type Named = Readonly<Record<string, string>>;
/** The name that a table of words has; a code of a later policy stands as it is. */
const named = (words: Named, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code;
const signed = (points: number): string => (points > 0 ? `+${points}` : String(points).replace('-', '−'));

/** What the notice of a grade says. Papers are Chinese whatever the language of the screen. */
export const gradeWords = {
  title: '信用评级告知书',
  colon: '：',
  result: (month: string, category: string | null): string => {
    const [year, ofYear] = month.split('-').map(Number);
    const kind = category === null ? '' : `（${named(credit.ofCategory, category)}）`;
    return `现将你单位${kind}${year}年${ofYear}月的信用评级结果及理由告知如下：`;
  },
  graded: (grade: string, points: number, highest: number): string =>
    `等级：${grade}（${named(credit.grade, grade)}）；分值：${points}分，满分${highest}分。`,
  notRated: (matters: number, least: number): string =>
    `暂不评级：评价期内已知${matters}件，满${least}件方可评级。以下为已知事实的计分，不构成等级。`,
  limited: (grade: string, ofPoints: string): string =>
    `按分值应为${ofPoints}，因列入名单，等级不高于${grade}。`,
  interval: (low: number, high: number): string => `已知事实有限，分值十有八九在${low}分至${high}分之间。`,
  policy: (version: number, name: string): string => `评价依据：${name}（第${version}版）。`,
  lines: '一、得分说明',
  head: ['项目', '有利／共计', '同类平均', '得分'],
  base: '基准分',
  sum: '合计',
  item: (indicator: string): string => named(credit.indicator, indicator),
  seen: (good: number, all: number): string => (all === 0 ? '—' : `${good}／${all}`),
  times: (count: number): string => `${count}次`,
  mean: (share: number): string => `${Math.round(share / 100)}%`,
  points: signed,
  reasons: '二、主要扣分原因',
  noReasons: '没有扣分事实。',
  reason: (place: number, code: string, lost: number, facts: number): string =>
    `${place}. ${named(credit.indicator, code)}：少得${lost}分${facts > 0 ? `（涉及最近${facts}条事实，可向告知单位查阅）` : ''}。`,
  objection: '三、异议',
  object: (days: number, until: string): string =>
    `对评级结果或所依据的事实有异议的，可自收到本告知书之日起${days}个工作日内向告知单位书面提出，即至${until}止。`,
  late: (days: number): string => `有正当理由逾期的，经批准可以延至${days}个工作日内提出，并说明理由。`,
  decided: (days: number): string =>
    `异议由未参与本次评级的人员自收到之日起${days}个工作日内作出决定。异议处理期间不更新评级。`,
  reply: '四、商户说明',
  replyRight: '商户可以作出书面说明（五百字以内），与等级一并公示。',
  replied: (text: string): string => `商户已作说明：${text}`,
  replyHere: '说明：',
  delivery: '签收人：　　　　　　　　　　　签收日期：　　　　年　　月　　日',
  foot: '评级编号：',
  day: labels.day,
};
