import type { ConsentState } from '../../../domain/finance/index.ts';

/** What a merchant's consent says. Papers are Chinese whatever the language of the screen. The form's number is `CONSENT_WORDING`. */
export const consentWords = {
  title: '信用信息提供授权书',
  colon: '：',
  foot: '授权书编号：',
  opening: (merchant: string, provider: string, recipient: string): string =>
    `${merchant}（以下称授权方）同意由${provider}向${recipient}（以下称接收方）提供本授权书列明的信息。未列明的信息不得提供，也不得再转给他人。`,
  sections: {
    recipient: '一、接收方',
    items: '二、提供的信息',
    purpose: '三、用途',
    manner: '四、处理方式',
    period: '五、期限',
    rights: '六、授权方的权利',
    signer: '七、签署人',
  },
  recipient: (name: string, contact: string): string => `名称：${name}；联系方式：${contact}。`,
  items: {
    identity: '商户名称、统一社会信用代码、类别',
    grade: '信用等级及评定月份',
    points: '信用分值及扣分原因',
    promise: '无理由退货承诺是否有效及天数',
    'source-resolution': '纠纷源头化解的件数和比例',
    'standing-records': '未消除的行政处罚和列入的名单',
    'months-in-business': '营业执照日期及经营月数',
    qualification: '是否符合各信贷产品的条件',
    whitelist: '是否在白名单上',
  } satisfies Record<ConsentState['items'][number], string>,
  item: (place: number, said: string): string => `${place}. ${said}。`,
  manner: {
    'asked-of-centre': '接收方凭授权凭证向中心逐次查询，每次查询均有记录，授权方可以查阅。',
    'on-paper': '以纸质材料交给接收方，每次提供均有记录，授权方可以查阅。',
  } satisfies Record<ConsentState['manner'], string>,
  period: (from: string, until: string): string =>
    `自${from}起至${until}止。期满即失效，不再提供；需要继续的，另行授权。`,
  rights: [
    '授权方可以随时撤回授权，与授权同样方便：在本店或上级单位的工作台说明即可，不需要理由。撤回在中心收到时立即生效，不影响撤回之前已经进行的处理（个人信息保护法第十五条）。',
    '不因不同意或者撤回同意而拒绝向授权方提供其他服务（第十六条）。',
    '授权方可以查阅、复制每一次提供的记录，并就本人的信息请求更正、删除（第四十五至四十七条）。',
    '接收方只能按约定用途使用，未经同意不得向第三方提供（征信业管理条例第二十条）。',
  ],
  capacity: {
    'legal-representative': '法定代表人',
    operator: '经营者',
    agent: '受托人',
  } satisfies Record<ConsentState['signer']['capacity'], string>,
  signer: (name: string, position: string, capacity: string, idTail: string): string =>
    `姓名：${name}；职务：${position}；身份：${capacity}；证件号码后四位：${idTail}。`,
  authority: (said: string): string => `授权依据：${said}。`,
  signHere: '授权方签名（盖章）',
  handledBy: '经办单位（盖章）',
  revoked: '已撤回',
  revokedOn: (day: string): string => `本授权已于${day}由授权方撤回，不再有效。`,
  change: {
    title: '白名单变动告知书',
    foot: '告知书编号：',
    entered: (merchant: string, day: string): string =>
      `${merchant}：自${day}起列入信用金融白名单。理由如下：`,
    left: (merchant: string, day: string): string =>
      `${merchant}：自${day}起不再列入信用金融白名单。理由如下：`,
    head: ['条件', '现状', '要求'],
    rules: {
      category: '商户类别',
      grade: '信用等级',
      'months-in-business': '经营月数',
      listing: '列入名单',
      penalty: '行政处罚',
      promise: '无理由退货承诺',
      'source-resolution': '源头化解率（千分之）',
      consent: '有效授权',
    } as Readonly<Record<string, string>>,
    values: {
      severe: '严重失信名单',
      abnormal: '经营异常名录',
      'severe abnormal': '不在严重失信名单和经营异常名录',
      consent: '有',
      promise: '有',
      pending: '待定',
    } as Readonly<Record<string, string>>,
    none: '无',
    redress: '对理由有异议的，可以向告知单位提出，或对信用等级提出异议。符合条件后会重新列入。',
    delivery: '收件人签名：　　　　　　　　　　　　日期：　　　　年　　月　　日',
  },
};
