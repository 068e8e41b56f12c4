import type { RestorationSettings } from '../../../domain/restoration/index.ts';
import type { SanctionState } from '../../../domain/sanction/index.ts';
import { labels } from './labels.zh-CN.ts';
import { reminderWords } from './reminder-words.zh-CN.ts';
import { restorationWords } from './restoration-words.zh-CN.ts';

type Limits = RestorationSettings['limits'];

/** What the notice says that goes along with a decision (两书同达). Papers are Chinese whatever the language of the screen. */
export const repairNoticeWords = {
  title: '信用修复告知书',
  colon: '：',
  foot: (number: string): string => `信用修复告知书 ${number}　${restorationWords.edition}`,
  opening: (organ: string, on: string, number: string, kind: string): string =>
    `${organ}于${labels.day(on)}对你单位作出${kind}（${number}）。该信息将依法公示。现将公示期限和信用修复事项一并告知如下：`,
  kinds: {
    penalty: '行政处罚决定',
    'abnormal-listing': '列入经营异常名录（个体工商户为标记经营异常状态）的决定',
    'severe-listing': '列入严重失信主体名单的决定',
    'spot-check': '抽查检查结果的认定',
    other: '失信信息的认定',
  } satisfies Record<SanctionState['kind'], string>,
  record: '一、将公示的信息',
  recordHead: ['类型', '类别', '决定机关', '文号', '认定日期'],
  kind: reminderWords.kind,
  class: restorationWords.class,
  noClass: '不分类',
  period: '二、公示期限',
  channel: reminderWords.channel,
  minimum: (day: string): string =>
    `最短公示期：满期后，自${labels.day(day)}起可以申请信用修复，提前停止公示。`,
  noMinimum: '没有最短公示期：履行全部义务后即可申请信用修复。',
  barred: '依规定不能申请提前停止公示。',
  look: '何时可以申请信用修复，须由本单位核对后告知。',
  maximum: (day: string, ifFulfilled: boolean): string =>
    `最长公示期：至${labels.day(day)}。不申请修复的，${ifFulfilled ? '履行义务且' : ''}期满后停止公示。`,
  noMaximum: '没有最长公示期：不申请修复的，持续公示至依规定移出或者修复为止。',
  article: reminderWords.article,
  duties: '三、须履行的义务',
  noDuties: '决定文书没有另外规定须履行的义务。',
  duty: (place: number, said: string): string => `${place}. ${said}`,
  how: '四、如何申请修复',
  only: '四、异议',
  conditions: '条件：达到最短公示期，纠正失信行为并履行全部义务，作出信用修复承诺。',
  materials: (proofs: readonly string[]): string =>
    `材料：信用修复申请表、信用修复承诺书（每一决定一份）${proofs.map((one) => `、${one}`).join('')}。材料提交一次，可以重复使用。`,
  ways: '途径：在本店或者所在商场、商圈的消费维权工作台填报，不必到场；或者到下列窗口办理。不收取任何费用。',
  limits: ({ reply, opinion, opinionGsxt }: Limits, gsxt: boolean): string =>
    `时限：窗口收到申请后${reply.officeMinutes}分钟（办公时间）内答复；受理后部门${(gsxt ? opinionGsxt : opinion).workingDays}个工作日内提出意见。`,
  objection: ({ objection }: Limits): string =>
    `异议：认为公示的信息有错误、遗漏或者超过期限的，可以提出异议，自收到之日起${objection.workingDays}个工作日内处理。异议不影响依法申请行政复议或者提起行政诉讼。`,
  window: '五、办理窗口',
  windowNames: (names: readonly string[]): string => `窗口：${names.join(labels.listComma)}。`,
  reached: (address: string, phone: string): string => `地址：${address}；电话：${phone}。`,
  delivery: '收件人（签字）：                    日期：                    （与决定文书一并送达）',
};
