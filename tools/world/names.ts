import type { Random } from './random.ts';

// Everything here is invented. Any likeness to real people or businesses is chance.

const SURNAMES = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧');
const GIVEN = Array.from('伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲斌宇浩凯健俊帆雪琳欣晨');
const BRANDS = [
  '甬尚',
  '海曙源',
  '鼓楼里',
  '月湖春',
  '天一坊',
  '三江口',
  '灵桥',
  '老外滩',
  '和义',
  '城隍',
  '東鼓',
  '药行',
];
const STYLES = ['佳', '悦', '诚', '嘉', '锦', '清', '禾', '汇', '宜', '鲜', '雅', '品'];
const TRADES = [
  ['服饰店', 'clothing'],
  ['鞋包店', 'shoes-and-bags'],
  ['电器行', 'appliance'],
  ['数码店', 'digital'],
  ['家居馆', 'home'],
  ['珠宝行', 'jewellery'],
  ['美妆店', 'cosmetics'],
  ['童装店', 'children'],
  ['运动店', 'sports'],
] as const;

export type Trade = (typeof TRADES)[number][1];

export function personName(random: Random): string {
  const given = random.pick(GIVEN);
  return random.pick(SURNAMES) + given + (random.chance(0.6) ? random.pick(GIVEN) : '');
}

/** A mobile number from a prefix that belongs to no operator's subscribers (1000…), so it reaches nobody. */
export function phoneNumber(random: Random): string {
  return `100${String(random.whole(0, 99_999_999)).padStart(8, '0')}`;
}

export function merchantName(random: Random, index: number): { name: string; trade: Trade } {
  const [label, trade] = random.pick(TRADES);
  return { name: `${random.pick(BRANDS)}${random.pick(STYLES)}${label}（虚构${index + 1}）`, trade };
}

const COMPLAINTS: Record<Trade, readonly string[]> = {
  clothing: ['羽绒服穿了两次就钻绒，店员说是正常现象。', '衬衫洗后严重褪色，要求退货被拒。'],
  'shoes-and-bags': ['皮鞋穿一周开胶，商家只肯修不肯换。', '包的五金掉漆，与宣传的材质不符。'],
  appliance: ['电饭煲到家不能加热，要求换新，商家推给厂家。', '热水器安装后漏水，三次上门未修好。'],
  digital: ['手机买回两天自动关机，商家要求先付检测费。', '耳机一侧无声，商家称人为损坏。'],
  home: ['订做的柜子尺寸不对，商家不肯重做。', '床垫有刺鼻气味，要求退货退款。'],
  jewellery: ['金饰克重与标签不符，要求补足差价。', '手镯买后发现裂纹，商家不认。'],
  cosmetics: ['面霜用后红肿，商家拒绝退款。', '柜台赠品与承诺的不一致。'],
  children: ['童装线头多、纽扣脱落，担心孩子误吞。', '童鞋尺码标错，商家不肯换。'],
  sports: ['跑步机噪音大，商家拖延维修。', '瑜伽垫开裂，要求更换。'],
};

/** Invented facts of a dispute, said to be invented. */
export function complaint(random: Random, trade: Trade): string {
  return `【虚构示例】${random.pick(COMPLAINTS[trade])}`;
}

export function goodsName(trade: Trade): string {
  return {
    clothing: '羊毛大衣',
    'shoes-and-bags': '牛皮单鞋',
    appliance: '电饭煲',
    digital: '蓝牙耳机',
    home: '床品四件套',
    jewellery: '银手镯',
    cosmetics: '面霜',
    children: '儿童外套',
    sports: '运动鞋',
  }[trade];
}
