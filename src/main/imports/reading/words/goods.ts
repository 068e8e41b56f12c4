import { GoodsCategory } from '../../../../domain/return/index.ts';
import { words } from '../../../../words/index.ts';
import { normaliseWord } from './dictionary.ts';

/** Words that tills use for kinds of goods, besides the names that the screens give them. */
const TILL_WORDS: Partial<Record<GoodsCategory, readonly string[]>> = {
  clothing: ['服饰', '衣服', '男装', '女装'],
  'shoes-and-bags': ['鞋', '鞋靴', '箱包', '鞋包', '皮具'],
  appliance: ['家电', '电器'],
  digital: ['数码', '手机', '电脑', '3c'],
  home: ['家居', '家纺', '日用百货', '百货'],
  sports: ['运动', '户外', '体育用品'],
  children: ['童装', '母婴', '玩具'],
  underwear: ['内衣', '贴身衣物'],
  cosmetics: ['化妆品', '护肤品', '美妆'],
  jewellery: ['珠宝', '首饰', '黄金', '饰品'],
  medicine: ['药品', '医药'],
  'custom-made': ['定制', '定做'],
  fresh: ['生鲜', '鲜活', '水果'],
};

const CODE_OF_WORD: ReadonlyMap<string, GoodsCategory> = new Map(
  GoodsCategory.options.flatMap((code) =>
    [code, words['zh-CN'].returns.goods[code], words.en.returns.goods[code], ...(TILL_WORDS[code] ?? [])].map(
      (word) => [normaliseWord(word), code] as const,
    ),
  ),
);

/** The kind of goods that a till's word names; null for one that nobody knows. */
export function goodsOfWord(word: string): GoodsCategory | null {
  return CODE_OF_WORD.get(normaliseWord(word)) ?? null;
}
