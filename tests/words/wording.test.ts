import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import i18next, { type ResourceLanguage } from 'i18next';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { labels } from '../../src/main/document/papers/labels.zh-CN.ts';
import * as gradeWords from '../../src/main/document/papers/grade-words.zh-CN.ts';
import * as privacyWords from '../../src/main/document/papers/privacy-words.zh-CN.ts';
import * as noticeWords from '../../src/main/document/papers/notice-words.zh-CN.ts';
import { words } from '../../src/words/index.ts';

// The office's own language: one term for one thing, no key and no foreign character in what a person reads.

type Wording = { place: string; text: string };

/** Every text of a tree of words, by its place; functions that word with a value are asked with a harmless one. */
function wordings(tree: unknown, place: string): Wording[] {
  if (typeof tree === 'string') return [{ place, text: tree }];
  if (Array.isArray(tree)) return tree.flatMap((one, index) => wordings(one, `${place}.${index}`));
  if (typeof tree === 'object' && tree !== null)
    return Object.entries(tree).flatMap(([key, value]) => wordings(value, `${place}.${key}`));
  return [];
}

const Rooms = z.record(z.string(), z.object({ 'zh-CN': z.looseObject({}), en: z.looseObject({}) }));

/** All that the screens say: what rooms and kernel export from their `locales`. */
const screens: { 'zh-CN': Record<string, unknown>; en: Record<string, unknown> } = { 'zh-CN': {}, en: {} };
for (const file of globSync('src/renderer/**/locales/index.ts')) {
  const exported: unknown = await import(pathToFileURL(file).href);
  for (const room of Object.values(Rooms.parse({ ...Object(exported) })))
    for (const language of ['zh-CN', 'en'] as const)
      for (const [namespace, own] of Object.entries(room[language]))
        screens[language][namespace] = { ...Object(screens[language][namespace]), ...Object(own) };
}

const chinese = [
  ...wordings(screens['zh-CN'], 'screen'),
  ...wordings(words['zh-CN'], 'words'),
  ...wordings(labels, 'labels'),
  ...wordings({ ...noticeWords }, 'notice'),
  ...wordings({ ...gradeWords }, 'notice'),
  ...wordings({ ...privacyWords }, 'notice'),
];
const english = [...wordings(screens.en, 'screen'), ...wordings(words.en, 'words')];

const HOLE = /\{\{\w+\}\}/g;
const HAN = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
const SPACED = /\p{Script=Han} +\p{Script=Han}/u;

/** The term of the list, and what is never said for it. */
const TERMS: readonly [term: string, never: RegExp][] = [
  ['逾期', /超期/],
  ['办结', /(?<!办)结案|结束/],
  ['单位', /机构/],
  ['办理过程', /(?<!办理)经过/],
  ['变化分析', /哪里在变差/],
  ['查看数据表', /看表格/],
  ['打开最紧急案件', /打开最急的一件/],
  ['年节假日未导入', /缺 ?(\{\{year\}\}|\d{4}) ?年/],
];

/** Latin words that a person has to read as they are: addresses, commands, examples of what is typed. */
const AS_WRITTEN = [
  'https://centre.example',
  'npm run central -- enrol',
  'active: false',
  'Ctrl',
  'K7QM2-P9XAB',
  'WebP',
  'LibreOffice',
];

/** A key or an identifier: words run together, or joined by a dot, a hyphen or a colon. */
const IDENTIFIER = /[a-z]+[A-Z]\w*|[A-Za-z]\w*(?:[.:_-][A-Za-z]\w*)+/;

function keyIn({ place, text }: Wording): string | null {
  const shown = AS_WRITTEN.reduce((left, one) => left.replaceAll(one, ''), text.replaceAll(HOLE, ''));
  const key = place.slice(place.lastIndexOf('.') + 1);
  if (text === '' || text === key) return `"${text}" at ${place}`;
  const found = IDENTIFIER.exec(shown)?.[0];
  return found === undefined ? null : `"${found}" at ${place}`;
}

const found = <Found>(all: (Found | null)[]): Found[] => all.filter((one) => one !== null);

describe('what is said in Chinese', () => {
  it('is all there to be looked through', () => {
    expect(chinese.length).toBeGreaterThan(1500);
    for (const root of ['screen.common', 'screen.returns', 'words.exports', 'labels.', 'notice.'])
      expect(chinese.some(({ place }) => place.startsWith(root))).toBe(true);
  });

  it('holds no key', () => {
    expect(found(chinese.map(keyIn))).toEqual([]);
    expect(keyIn({ place: 'screen.returns.sentence', text: '' })).not.toBeNull();
    expect(keyIn({ place: 'screen.returns.sentence', text: '消费者sentence' })).toBeNull();
    expect(keyIn({ place: 'screen.rules.x', text: '不符合 payload-invalid' })).not.toBeNull();
  });

  it('has no space between Chinese characters', () => {
    expect(chinese.filter(({ text }) => SPACED.test(text))).toEqual([]);
  });

  it.each(TERMS)('says %s and nothing else for it', (_, never) => {
    expect(chinese.filter(({ text }) => never.test(text))).toEqual([]);
  });
});

describe('what is said in English', () => {
  it('has the plain apostrophe: fonts for Chinese draw the other as wide as a character', () => {
    expect(english.filter(({ text }) => text.includes('’'))).toEqual([]);
  });

  it('holds no Chinese character', () => {
    expect(english.length).toBeGreaterThan(1500);
    expect(english.filter(({ text }) => HAN.test(text))).toEqual([]);
  });

  it('says one term for one thing', () => {
    const never = /merchant complained of|how surely|start afresh|\bcame by\b|article or source/i;
    expect(english.filter(({ text }) => never.test(text))).toEqual([]);
  });
});

describe('both languages', () => {
  it('have the same holes at the same places', () => {
    const holes = ({ text }: Wording): string[] => (text.match(HOLE) ?? []).toSorted();
    const other = new Map(english.map((one) => [one.place, one]));
    for (const one of chinese.filter(({ place }) => /^(screen|words)\./.test(place)))
      expect([one.place, holes(other.get(one.place) ?? { place: '', text: '' })]).toEqual([
        one.place,
        holes(one),
      ]);
  });

  it('are spoken as they are written, never as their key', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const speaking = i18next.createInstance();
      await speaking.init({
        resources: { [language]: screens[language] as ResourceLanguage },
        lng: language,
        interpolation: { escapeValue: false },
      });
      for (const { place, text } of wordings(screens[language], '')) {
        const [namespace = '', ...path] = place.slice(1).split('.');
        if (HOLE.test(text)) continue;
        expect([place, speaking.t(path.join('.'), { ns: namespace })]).toEqual([place, text]);
      }
    }
  });
});
