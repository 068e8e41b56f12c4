import { describe, expect, it } from 'vitest';
import { loadFonts, printable, unprintableIn } from '../../src/main/document/papers/fonts.ts';
import { drawPaper } from '../../src/main/document/papers/draw-paper.ts';
import { papers } from '../../src/main/document/papers/papers.ts';
import { contentHash } from '../../src/main/document/document-facts.ts';
import type { Paper } from '../../src/main/document/papers/paper.ts';
import { factsFor } from '../support/document-facts.ts';
import { fontsOf, plainTextOf } from '../support/poppler.ts';

/** Names as they stand on identity cards, one of each script that GB 18030-2022 level 3 asks for, all invented. */
const NAMES = {
  'extension A': '㐂田䶮',
  'extension B': '𠮷野𡈽',
  'extensions C to F': '李𪜀王𫝀张𫠠赵𬺰',
  Uyghur: 'ئادىل ئەخمەت',
  Kazakh: 'جۇماباي قازى',
  Tibetan: 'བཀྲ་ཤིས་སྒྲོལ་མ',
  Mongolian: 'ᠪᠠᠲᠤ ᠪᠠᠶᠠᠷ',
  Korean: '김철수',
  Yi: 'ꆈꌠꁱꂷ',
  Lisu: 'ꓡꓲ-ꓢꓴ',
  'with a dot': '阿依古丽·买买提',
};
const all = Object.values(NAMES);

/** One paper with every name on it: to read what comes out takes as long for one as for all. */
async function paperOf(names: readonly string[]): Promise<Awaited<ReturnType<typeof drawPaper>>> {
  const facts = factsFor('acceptance-notice');
  const paper: Paper = { ...papers['acceptance-notice'](facts), opening: [...names] };
  return drawPaper(paper, {
    contentHash: contentHash(paper),
    draft: false,
    signatures: [],
    signedOn: null,
  });
}

describe('names on papers', () => {
  it('come out as they went in, in every script, and every font is inside', async () => {
    const { bytes, unprintable } = await paperOf(all);
    expect(unprintable).toEqual([]);
    const text = await plainTextOf(bytes);
    for (const [script, name] of Object.entries(NAMES)) expect(text, script).toContain(name);
    const fonts = await fontsOf(bytes);
    expect(fonts.length).toBeGreaterThan(7);
    for (const font of fonts) expect(font).toMatchObject({ embedded: true, subset: true, unicode: true });
    // Subsets: the fonts they are from have 60 MB together.
    expect(bytes.length).toBeLessThan(400_000);
  });

  it('of old systems are printed in the standard character, and what nobody can print is told', async () => {
    const { bytes, unprintable } = await paperOf([
      '李\uE863',
      '赵\u{323B0}',
      '店\uE000',
      '爱❤\uFE0F家',
      '笑\u{1FAE8}',
    ]);
    const text = await plainTextOf(bytes);
    expect(text).toContain('李䶮');
    expect(text).toContain('赵□U+323B0');
    expect(text).toContain('店□U+E000');
    // A sign that some font has is a sign; a picture is an empty box, and never a row of codes.
    expect(text).toContain('爱❤家');
    expect(text).toMatch(/笑□(?!U)/);
    expect(unprintable.toSorted()).toEqual(['\u{323B0}', '\uE000', '\u{1FAE8}'].toSorted());
  });

  it('need no other font where the first has every character', async () => {
    const fonts = await loadFonts('张三 㐂 䶮 ⺁ 1,280.00 ®');
    expect(fonts.faces.map(({ name }) => name)).toEqual(['NotoSansSC']);
    expect(printable('张\u200B三\u0007\u202E', fonts)).toBe('张三');
    expect(unprintableIn('张三', fonts)).toEqual([]);
  });
});
