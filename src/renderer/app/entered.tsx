import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { yuan } from '../kernel/components/money.tsx';

type Leaf = { name: string; path: string; value: string | number | boolean };

/** Identities of records, and what the system added: no one typed them. */
const NOT_TYPED = new Set([
  'caseId',
  'merchantId',
  'returnId',
  'commitmentId',
  'commitmentVersion',
  'number',
  'reasons',
  'invented',
  'sha256',
  'size',
  'mediaType',
]);

/** Where a code of a field is worded. */
const CODES: Record<string, readonly string[]> = {
  source: ['cases:source'],
  ground: ['returns:ground'],
  attendance: ['cases:attendance'],
  instrument: ['cases:instrument'],
  kind: ['cases:performanceKind', 'evidence:kind'],
  result: ['cases:performanceResult'],
  satisfaction: ['cases:satisfaction'],
  goodsCategory: ['returns:goods'],
  excludedGoods: ['returns:goods'],
  condition: ['returns:condition'],
  proofType: ['returns:proof'],
  gift: ['returns:gift'],
  route: ['returns:route'],
  verdict: ['returns:verdict'],
  category: ['merchants:category'],
};

/** Codes that the procedure words. */
const LISTS = {
  object: ['object'],
  problem: ['problem'],
  claims: ['claim'],
  ground: ['refusalGrounds', 'terminationGrounds'],
} as const;

/** What a payload holds, leaf by leaf, without what is empty. */
function leavesOf(value: unknown, name = '', path = ''): Leaf[] {
  if (value === null || value === undefined || value === '' || NOT_TYPED.has(name)) return [];
  if (Array.isArray(value)) return value.flatMap((one, index) => leavesOf(one, name, `${path}.${index}`));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, key, `${path}.${key}`));
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [{ name, path, value }];
  return [];
}

/** What had been entered in a record, as labels and words; personal numbers come masked. */
export function Entered({ payload }: { payload: unknown }) {
  const { t, i18n } = useTranslation('common');
  const codes = useCodeWords();
  const say = useDataWords();
  const word = ({ name, value }: Leaf): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return name.endsWith('Fen') ? yuan(value) : String(value);
    const key = CODES[name]?.map((group) => `${group}.${value}`).find((one) => i18n.exists(one));
    if (key !== undefined) return say(key);
    const lists = Object.hasOwn(LISTS, name) ? LISTS[name as keyof typeof LISTS] : [];
    return lists.map((list) => codes.word(list, value)).find((text) => text !== value) ?? value;
  };
  /** A field of a newer release is named as it names itself. */
  const label = ({ name, value }: Leaf): string => {
    if (name === 'kind' && i18n.exists(`evidence:kind.${value}`)) return i18n.t('evidence:kindLabel');
    return i18n.exists(`common:entered.${name}`) ? t(`entered.${name}` as 'entered.text') : name;
  };
  const leaves = leavesOf(payload);
  if (leaves.length === 0) return <p>{t('sync.enteredNothing')}</p>;
  return (
    <Descriptions
      column={1}
      size="small"
      items={leaves.map((leaf) => ({
        key: leaf.path,
        label: label(leaf),
        children: <span className="heshi-as-typed">{word(leaf)}</span>,
      }))}
    />
  );
}
