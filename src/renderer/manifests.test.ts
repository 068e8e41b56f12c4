import i18next, { type i18n } from 'i18next';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Language, Manifest, RoomWords } from './kernel/kit/manifest.ts';

let rooms: readonly Manifest[];
let shared: RoomWords;
const say: Partial<Record<Language, i18n>> = {};
const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];

beforeAll(async () => {
  // The client of the workstation reads its address when it is loaded; no call is made here.
  vi.stubGlobal('location', { protocol: 'http:', origin: 'http://127.0.0.1', hash: '' });
  vi.stubGlobal('localStorage', { getItem: () => null });
  ({ MANIFESTS: rooms } = await import('./manifests.ts'));
  ({ sharedWords: shared } = await import('./kernel/locales/index.ts'));
  const { wordsIn } = await import('./kernel/app/i18n.ts');
  const words = rooms.flatMap((room) => room.words);
  for (const language of LANGUAGES) {
    const one = i18next.createInstance();
    await one.init({
      lng: language,
      resources: { [language]: wordsIn(language, words) },
    });
    say[language] = one;
  }
}, 180_000);

const twice = (values: readonly string[]): string[] =>
  values.filter((value, place) => values.indexOf(value) !== place);

describe('the rooms of the screen', () => {
  it('share no path, no keys and no namespace of words', () => {
    const pages = rooms.flatMap(({ pages: own = [] }) => own.map(({ path }) => path));
    expect(pages.length).toBeGreaterThan(15);
    expect(twice(pages)).toEqual([]);
    const commands = rooms.flatMap(({ commands: own = [] }) => own);
    expect(commands.length).toBeGreaterThan(0);
    expect(twice(commands.map(({ shortcut }) => `${shortcut.shift}${shortcut.code}`))).toEqual([]);
    const said = [shared, ...rooms.flatMap(({ words }) => words)].flatMap(({ en }) =>
      Object.entries(en).flatMap(([namespace, own]) =>
        namespace === 'rules' ? Object.keys(own).map((code) => `rules:${code}`) : [namespace],
      ),
    );
    expect(said).toContain('rules:return-exists');
    expect(twice(said)).toEqual([]);
  });

  it('lead only to pages that are there', () => {
    const pages = new Set(rooms.flatMap(({ pages: own = [] }) => own.map(({ path }) => path)));
    const led = rooms.flatMap(({ navigation, commands = [] }) => [
      ...(navigation ? [navigation.path] : []),
      ...commands.map(({ path }) => path.slice(1)),
    ]);
    expect(led.filter((path) => !pages.has(path))).toEqual([]);
  });

  it('are named in both languages, each in its own', () => {
    const names = (language: Language): string[] => {
      const t = say[language]?.t;
      if (t === undefined) throw new Error(`No words in ${language}`);
      return rooms.flatMap(({ navigation, commands = [] }) => [
        ...(navigation ? [navigation.label(t)] : []),
        ...commands.flatMap(({ label, keys }) => [label(t), keys(t, 'electron'), keys(t, 'node')]),
      ]);
    };
    for (const language of LANGUAGES) {
      // A key without words would be its own name.
      expect(names(language).filter((name) => name === '' || /^[a-z]+[:.]/.test(name))).toEqual([]);
    }
    expect(names('en').every((name) => /^[\w\s+→–-]+$/.test(name))).toBe(true);
    expect(names('zh-CN').filter((name) => /\p{Script=Han}/u.test(name)).length).toBeGreaterThan(10);
  });

  it('show supervision and the fleet to supervisors only, funds, grades and inspection to those who look after merchants, a shop to its manager, requests to those who handle cases', () => {
    const permissions = Object.fromEntries(
      rooms.flatMap(({ navigation }) =>
        navigation?.permission ? [[navigation.path, navigation.permission] as const] : [],
      ),
    );
    expect(permissions).toMatchObject({
      today: 'case.read',
      deadlines: 'case.read',
      cases: 'case.read',
      returns: 'return.read',
      merchants: 'merchant.read',
      rollup: 'rollup.read',
      imports: 'merchant.edit',
      verify: 'case.read',
      credit: 'credit.record',
      sanctions: 'credit.read',
      supervision: 'supervision.read',
      accesses: 'supervision.read',
      fleet: 'supervision.read',
      funds: 'fund.handle',
      inspections: 'inspection.handle',
      privacy: 'privacy.handle',
      shop: 'shop.manage',
    });
  });

  it('are shown to everybody only where they are about the person and the workstation', () => {
    const open = rooms.flatMap(({ navigation }) =>
      navigation && navigation.permission === undefined ? [navigation.path] : [],
    );
    expect(open.toSorted()).toEqual(['account', 'settings']);
  });

  it('do not compile with a key that has no words', () => {
    // @ts-expect-error The key is nowhere; the type checker fails this file if it ever accepts it.
    expect(say.en?.t('cases:no.such.key')).toBe('no.such.key');
  });
});
