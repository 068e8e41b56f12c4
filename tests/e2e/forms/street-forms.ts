import type { Page } from 'playwright-core';
import type { StationView } from '../../../src/contract/workstation/station.ts';
import type { StorefrontDetail, StreetDetail } from '../../../src/contract/workstation/street.ts';
import { CHECKLISTS } from '../../../src/domain/street/index.ts';
import stationEnglish from '../../../src/renderer/station/locales/en.ts';
import stationChinese from '../../../src/renderer/station/locales/zh-CN.ts';
import english from '../../../src/renderer/street/locales/en.ts';
import chinese from '../../../src/renderer/street/locales/zh-CN.ts';
import type { Form } from './form.ts';

const SAID = { 'zh-CN': chinese, en: english };
const STATION = { 'zh-CN': stationChinese, en: stationEnglish };
const HAND = { at: '2026-03-02T02:00:00.000Z', staffId: 'another', name: '虚构王', unitPath: '/HS' };
const [ID, SHOP] = ['s', 'm'];

const STREET: StreetDetail = {
  state: { id: ID, name: '虚构街', unitPath: '/HS/C1', opened: HAND, patrols: [], revision: 1 },
  unitName: '虚构商圈',
  shops: [
    {
      merchantId: SHOP,
      merchantName: '海曙鞋行',
      unitName: '虚构鞋行',
      plaqueOn: null,
      lastOn: null,
      basisPoints: null,
      passed: false,
      missed: 0,
      recheckOn: null,
      late: false,
    },
  ],
  checklist: CHECKLISTS[0] ?? null,
  can: { patrol: true, decide: true },
};

/** A shop of which everything can be recorded, whether its plaque hangs or not. */
const STOREFRONT: StorefrontDetail = {
  state: {
    id: SHOP,
    streetId: ID,
    streetName: '虚构街',
    merchantName: '海曙鞋行',
    merchantPath: '/HS/C1/M01/S001',
    joined: HAND,
    left: null,
    patrols: [],
    plaque: null,
    pastPlaques: [],
    revision: 1,
  },
  unitName: '虚构鞋行',
  checklists: [],
  can: { 'plaque-granted': true, 'plaque-withdrawn': true, 'shop-left': true },
};

const STATIONS: StationView[] = [
  {
    id: 't',
    unitPath: '/HS/C1',
    name: '虚构驿站',
    place: '一楼服务台旁',
    opens: '09:00',
    closes: '21:00',
    offers: ['water'],
    note: '',
    openedOn: '2026-03-02',
    changedOn: '2026-03-02',
    closed: null,
    revision: 1,
    unitName: '虚构商圈',
    canHandle: true,
  },
];

const step = (name: keyof typeof english.step): Form => ({
  source: 'street/storefront-page.tsx',
  at: () => `streets/shops/${SHOP}`,
  button: (language) => SAID[language].step[name],
});
const station = (button: Form['button']): Form => ({
  source: 'station/station-dialogs.tsx',
  at: () => 'stations',
  button,
});
const named = (text: string): string => text.replace('{{name}}', STATIONS[0]?.name ?? '');

/** Every form of streets and of stations for riders. */
export const STREET_FORMS = {
  'street-opened': {
    source: 'street/streets-page.tsx',
    at: () => 'streets',
    button: (language) => SAID[language].open,
  },
  'shop-joined': {
    source: 'street/street-page.tsx',
    at: () => `streets/${ID}`,
    button: (language) => SAID[language].join,
  },
  'street-patrolled': { source: 'street/patrol-page.tsx', at: () => `streets/${ID}/patrol`, button: null },
  'plaque-granted': step('plaque-granted'),
  'plaque-withdrawn': step('plaque-withdrawn'),
  'shop-left': step('shop-left'),
  'station-opened': station((language) => STATION[language].open),
  'station-changed': station((language) => named(STATION[language].changeOf)),
  'station-closed': station((language) => named(STATION[language].closeOf)),
} satisfies Record<string, Form>;

/** The street, its shop and a station are there, whoever is signed in. */
export async function offerStreets(page: Page): Promise<void> {
  for (const [call, json] of [
    ['streets/get', STREET],
    ['streets/shop', STOREFRONT],
    ['stations/list', STATIONS],
  ] as const)
    await page.route(`**/rpc/${call}`, (route) => route.fulfill({ json: { json } }));
}
