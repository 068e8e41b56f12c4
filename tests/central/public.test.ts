import fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFollowers } from '../../src/central/followers.ts';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { createCallerLimits, DEFAULT_LIMITS, type Limits } from '../../src/central/kernel/http/limits.ts';
import { createPressure, DEFAULT_CAPACITY } from '../../src/central/kernel/http/pressure.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { addPublicPages } from '../../src/central/public/index.ts';
import { languageOf } from '../../src/central/public/language.ts';
import { shopPage } from '../../src/central/public/shop-page.ts';
import { sayIn } from '../../src/central/public/words.ts';
import { rebuildFromLog } from '../../src/central/rebuild/index.ts';
import { createConsumerMarks } from '../../src/central/repeats/index.ts';
import { checklistOn } from '../../src/domain/street/index.ts';
import { MOST_DISCOUNTS } from '../../src/domain/alliance/index.ts';
import type { MerchantState } from '../../src/domain/merchant/index.ts';
import type { ShopView } from '../../src/domain/public/index.ts';
import { cardCode } from '../../src/protocol/card-code.ts';
import { returnCode } from '../../src/protocol/return-code.ts';
import * as en from '../../src/words/public/en.ts';
import * as zh from '../../src/words/public/zh-CN.ts';
import { createRandom } from '../../tools/world/random.ts';
import type { TestDevice } from '../support/device.ts';
import { FULL } from '../support/full.ts';
import { startDistrictCentre, startTestServer, codeFor } from '../support/postgres.ts';
import { enrolTestDevice } from '../support/device.ts';
import {
  CIRCLE,
  circleSupervisor,
  MALL,
  mallMediator,
  newCase,
  SHOP,
  shopManager,
  steps,
  type Setting,
} from './setting.ts';

const NOW = new Date('2026-11-20T02:00:00.000Z');
const OLD = '0123456789ABCDEFGHJK';
const CODE = 'ZYXWVTSRQPNMKJHGFEDC';
const NUMBER = '甬海商收〔2026〕第0001号';
const OTHER_NUMBER = '甬海商收〔2026〕第0002号';
const CHECK = '0A1B-2C3D-4E5F';
/** People who must never be seen: a consumer, a contact of the merchant, staff. */
const HIDDEN = /张三|李四光|10012345678|13900001111|mediator-mall|supervisor-circle|manager-shop/;
/** More than a page may weigh, bytes. */
const LIMIT = 100_000;

let centre: Setting['centre'];
let stopAll: () => Promise<void>;
let app: FastifyInstance;
let mall: TestDevice;
let shop: TestDevice;
let circle: TestDevice;
const merchantId = uuidv7();
const ended = newCase();

/** The pages alone, with limits of a test's own, on the test's database. */
async function pages(limits: Partial<Limits> = {}): Promise<{ app: FastifyInstance; stop(): Promise<void> }> {
  const { database, pool } = openDatabase(centre.databaseUrl);
  const units = createUnitCache();
  await units.reload(database);
  const pressure = createPressure({ ...DEFAULT_CAPACITY, delayMs: 120_000 });
  const made = fastify();
  addPublicPages(made, {
    database,
    key: null,
    units,
    followers: createFollowers(await createConsumerMarks(database)),
    clock: () => NOW,
    callers: createCallerLimits({ ...DEFAULT_LIMITS, guessesPerHourOfNumber: 1_000_000, ...limits }, pool),
    pressure,
    log: pino({ level: 'silent' }),
  });
  return {
    app: made,
    stop: async () => {
      await made.close();
      pressure.stop();
      await database.destroy();
    },
  };
}

const device = async (unitPath: string): Promise<TestDevice> =>
  enrolTestDevice({ url: centre.url, code: await codeFor(centre, unitPath) });

const promise = (version: number, windowDays: number, effectiveFrom: string) => ({
  type: 'commitment-made',
  payload: {
    commitmentId: `c${version}`,
    windowDays,
    windowStartsNextDay: true,
    excludedGoods: ['underwear'],
    effectiveFrom,
    note: null,
  },
});

const receipt = (documentId: string, sequence: number, number: string, code: string, kind = 'receipt') => ({
  type: 'document-issued',
  payload: {
    documentId,
    kind,
    number,
    year: 2026,
    sequence,
    issuedOn: '2026-11-02',
    copies: 2,
    sha256: 'ab'.repeat(32),
    byteLength: 1,
    code,
  },
});

beforeAll(async () => {
  const server = await startTestServer();
  centre = await startDistrictCentre(server.server);
  centre.setNow(NOW);
  [mall, shop, circle] = [await device(MALL), await device(SHOP), await device(CIRCLE)];
  const stream = { kind: 'merchant', id: merchantId };
  const of = (one: { type: string; payload: unknown }) =>
    mall.event({ stream, actor: mallMediator, at: '2026-10-01T02:00:00.000Z', ...one });
  const at = '2026-11-02T02:00:00.000Z';
  const caseOf = (kase: { kind: 'case'; id: string }, more: { type: string; payload: unknown }[]) =>
    [steps.register({ merchant: { merchantId, name: '虚构服饰店', contact: '李四光' } }), ...more].map(
      (step) => mall.event({ stream: kase, actor: mallMediator, at, ...step }),
    );
  await mall.push([
    of({
      type: 'merchant-registered',
      payload: {
        name: '虚构<b>服饰</b>店',
        creditCode: null,
        category: 'enterprise',
        unitPath: SHOP,
        address: '药行街1号',
        contactName: '李四光',
        phone: '13900001111',
        invented: true,
      },
    }),
    of(promise(1, 7, '2026-01-01')),
    of(promise(2, 3, '2026-12-15')),
    of({ type: 'public-code-issued', payload: { code: OLD } }),
    of({ type: 'public-code-issued', payload: { code: CODE } }),
    ...caseOf(ended, [steps.accept(), receipt('d1', 1, NUMBER, CHECK), steps.settle()]),
    ...caseOf(newCase(), [receipt('d2', 2, OTHER_NUMBER, '1111-2222-3333'), steps.accept()]),
    ...[1, 2].flatMap(() => caseOf(newCase(), [steps.accept(), steps.fail(), steps.close()])),
  ]);
  await centre.admin.admin.gradeMerchants({});
  await shop.push([
    shop.event({
      stream: { kind: 'credit', id: merchantId },
      type: 'reply-given',
      payload: { text: '已增派客服，详询李四光 13900001111 <script>alert(1)</script>' },
      actor: shopManager,
      at: NOW.toISOString(),
    }),
  ]);
  const open = await pages();
  app = open.app;
  stopAll = async () => {
    await open.stop();
    await centre.stop();
    await server.stop();
  };
});
afterAll(() => stopAll());

async function decide(grades: boolean): Promise<void> {
  const { receipts } = await circle.push([
    circle.event({
      stream: { kind: 'public', id: 'C1' },
      type: 'publication-set',
      payload: { circlePath: CIRCLE, grades, reason: '商圈决定' },
      actor: circleSupervisor,
      at: NOW.toISOString(),
    }),
  ]);
  expect(receipts[0]?.refusal).toBeUndefined();
}

const read = async (url: string, headers: Record<string, string> = {}) => {
  const { statusCode: status, body, headers: said } = await app.inject({ url, headers });
  expect(body).not.toMatch(HIDDEN);
  expect(body).not.toMatch(/<script|<b>/);
  return { status, body, said };
};
const paper = (n: string, c: string): string => `/p/paper?${new URLSearchParams({ n, c }).toString()}`;

describe('the list of stations for riders', () => {
  it('names the open ones by circle, in both languages, with nobody’s telephone', async () => {
    expect((await read('/p/stations')).body).toContain(zh.stations.none);
    const act = async (type: string, payload: object, id: string) => {
      const at = NOW.toISOString();
      const fact = mall.event({ stream: { kind: 'station', id }, type, payload, actor: mallMediator, at });
      expect((await mall.push([fact])).receipts).toMatchObject([{ status: 'accepted' }]);
    };
    const station = {
      unitPath: MALL,
      name: '虚构<b>驿站</b>',
      place: '一楼服务台',
      opens: '09:00',
      closes: '02:00',
      offers: ['water', 'meal-discount'],
      note: '联系 13900001111',
    };
    await act('station-opened', station, 't1');
    await act('station-opened', { ...station, name: '已关的驿站' }, 't2');
    await act('station-closed', { on: '2026-11-20', reason: '撤柜' }, 't2');
    const chinese = await read('/p/stations');
    for (const text of ['虚构&lt;b&gt;驿站&lt;/b&gt;', '饮用水、优惠餐', '09:00 至次日 02:00', '139****1111'])
      expect(chinese.body).toContain(text);
    expect(chinese.body).not.toContain('已关的驿站');
    expect(chinese.body).toMatch(/<h2 id="circle-0">C1（测试）<\/h2>/);
    expect((await read('/p/stations?lang=en')).body).toContain('Drinking water, Meals at a discount');
    expect((await read('/p')).body).toContain('/p/stations');
  });
});

describe('a shop’s public page', () => {
  it('shows the promise in both languages, escaped, small, without script, to be framed by nobody', async () => {
    const chinese = await read(`/p/s/${CODE}`);
    expect(chinese.status).toBe(200);
    for (const text of ['虚构&lt;b&gt;服饰&lt;/b&gt;店', '自购买次日起算', '内衣贴身用品', '2026-12-15'])
      expect(chinese.body).toContain(text);
    expect(Buffer.byteLength(chinese.body)).toBeLessThan(LIMIT);
    expect(chinese.said['content-security-policy']).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
    expect(chinese.said).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
    const english = await read(`/p/s/${CODE}`, { 'accept-language': 'fr;q=0.9, en-GB;q=0.8, zh;q=0.2' });
    expect(english.body).toContain('The day after purchase is day one');
    expect((await read(`/p/s/${CODE}?lang=zh`, { 'accept-language': 'en' })).body).toContain('lang="zh-CN"');
    expect((await read(`/p/s/${CODE.toLowerCase()}`)).status).toBe(200);
  });

  it('hides grades until its circle publishes them, obeys at once, and is not sent twice', async () => {
    const hidden = await read(`/p/s/${CODE}`);
    expect(hidden.body).not.toContain(zh.grade.title);
    const etag = String(hidden.said['etag']);
    expect((await read(`/p/s/${CODE}`, { 'if-none-match': etag })).status).toBe(304);
    await decide(true);
    const shown = await read(`/p/s/${CODE}`, { 'if-none-match': etag });
    expect(shown.status).toBe(200);
    expect(shown.body).toContain(zh.grade.title);
    expect(shown.body).toContain('源头化解');
    expect(shown.body).toContain('139****1111 &lt;script&gt;');
    await decide(false);
    expect((await read(`/p/s/${CODE}`, { 'if-none-match': etag })).status).toBe(304);
  });

  it('shows the plaque of a priced-clearly street and since when, as long as it hangs', async () => {
    const act = async (type: string, payload: object, kind = 'storefront', id = merchantId) => {
      const at = NOW.toISOString();
      const fact = circle.event({ stream: { kind, id }, type, payload, actor: circleSupervisor, at });
      expect((await circle.push([fact])).receipts).toMatchObject([{ status: 'accepted' }]);
    };
    await act('street-opened', { name: '虚构<b>街</b>', unitPath: CIRCLE }, 'street', 's1');
    await act('shop-joined', {
      streetId: 's1',
      streetName: '虚构<b>街</b>',
      merchantName: '虚构服饰店',
      merchantPath: SHOP,
    });
    const answers = checklistOn('2026-11-20')?.items.map(({ code: item }) => ({
      item,
      answer: 'met',
      note: '',
      photos: [],
    }));
    const visit = { patrolId: 'p1', streetId: 's1', on: '2026-11-20', checklist: 1 };
    await act('shop-patrolled', { ...visit, answers, findings: '陈列整齐', recheckOn: null });
    expect((await read(`/p/s/${CODE}`)).body).not.toContain(zh.plaque.title);
    await act('plaque-granted', { patrolId: 'p1', on: '2026-11-20' });
    const hung = await read(`/p/s/${CODE}`);
    expect(hung.body).toContain('本店属于“虚构&lt;b&gt;街&lt;/b&gt;”，自 2026-11-20 起挂牌。');
    expect(hung.body).not.toContain('陈列整齐');
    expect((await read(`/p/s/${CODE}?lang=en`)).body).toContain('has had its plaque since 2026-11-20');
    await act('plaque-withdrawn', { on: '2026-11-20', reason: '抽查不合格' });
    expect((await read(`/p/s/${CODE}`)).body).not.toContain(zh.plaque.title);
  });

  it('says of a card that led there whether it is genuine and holds', async () => {
    const { rows } = await sql<{ state: string }>`
      SELECT state FROM stream WHERE kind = 'merchant' AND id = ${merchantId}`.execute(
      centre.centre.database,
    );
    const { commitments } = JSON.parse(rows[0]?.state ?? '') as MerchantState;
    const of = (version: number) => cardCode(merchantId, commitments[version - 1]!);
    const led = async ({ number, code }: { number: string; code: string }) =>
      (await read(`/p/s/${CODE}?n=${number}&c=${code}`)).body;
    expect(await led(of(1))).toContain(zh.card['in-force'].replace('{{version}}', '1'));
    expect(await led({ ...of(1), code: of(2).code })).toContain(zh.card.false);
    expect((await read(paper(of(1).number, of(1).code))).body).toContain(`/p/s/${CODE}`);
    expect((await read(paper(of(1).number, of(2).code))).status).toBe(422);
  });

  it('tells an old code, one that nobody has and one that is none apart, by field and rule', async () => {
    for (const [code, status, rule] of [
      [OLD, 410, 'public-code-old'],
      ['AAAAAAAAAAAAAAAAAAAA', 404, 'public-code-unknown'],
      ['short', 400, 'public-code-malformed'],
    ] as const) {
      const answer = await read(`/p/s/${code}`);
      expect([code, answer.status]).toEqual([code, status]);
      expect(answer.body).toContain(`code · ${rule}`);
      expect(answer.body).toContain(zh.trouble.rules[rule]);
      expect((await read(`/p/s/${code}?lang=en`)).body).toContain(en.trouble.rules[rule]);
    }
  });

  it('stays below its weight with all that a merchant may write, and escapes it', async () => {
    const long = (length: number): string => '"<i>'.repeat(length).slice(0, length);
    const one: NonNullable<ShopView['promise']> = {
      version: 1,
      windowDays: 365,
      start: 'day-after',
      goods: Array.from({ length: 40 }, () => long(40)),
      excludedGoods: Array.from({ length: 40 }, () => long(40)),
      conditions: long(500),
      gift: 'charged',
      freight: 'merchant',
      group: { name: long(60), shops: Array.from({ length: 20 }, () => long(160)), count: 200 },
      from: '2026-01-01',
      until: '2026-12-01',
    };
    const dated = { month: '2026-11', on: '2026-11-20', policyVersion: 1, policyName: null };
    const reply = { text: long(500), on: '2026-11-20' };
    const view: ShopView = {
      name: long(160),
      address: long(300),
      unitName: long(80),
      promise: one,
      next: one,
      endedOn: null,
      discounts: Array.from({ length: MOST_DISCOUNTS }, () => ({
        what: long(120),
        off: { kind: 'amount' as const, fen: 1, overFen: 1 },
        from: '2026-11-20',
        until: '2026-12-31',
        toCome: true,
        forWhom: null,
      })),
      grade: {
        kind: 'graded',
        grade: 'C',
        name: null,
        points: 600,
        highest: 1000,
        reasons: Array.from({ length: 4 }, () => ({ code: long(60), lost: 1 })),
        byHand: null,
        dated,
        reply,
      },
      plaque: { street: long(60), on: '2026-11-20' },
    };
    for (const language of ['zh-CN', 'en'] as const) {
      const text = String(await shopPage(sayIn(language), { path: '/p', query: {} }, view, null));
      expect(Buffer.byteLength(text)).toBeLessThan(LIMIT);
      expect(text).not.toContain('<i>');
    }
  });

  it('takes the language that a browser prefers of the two', () => {
    expect(languageOf(undefined, undefined)).toBe('zh-CN');
    expect(languageOf(undefined, 'de, en;q=0.5, zh;q=0.4')).toBe('en');
    expect(languageOf(undefined, 'en;q=0.2,zh-TW')).toBe('zh-CN');
    expect(languageOf('en', 'zh')).toBe('en');
    expect(languageOf('xx', 'en;q=x, zh;q=')).toBe('zh-CN');
  });
});

describe('a paper’s check', () => {
  it('answers by number and code, however they are typed', async () => {
    for (const typed of [NUMBER, '甬海商收[2026] 第0001号', '甬海商收（2026）第０００１号'])
      expect((await read(paper(typed, '0a1b2c3d4e5f'))).body).toContain(zh.paper.agrees);
    for (const [n, c, status, rule] of [
      [NUMBER, '0A1B-2C3D-4E50', 422, 'paper-code-differs'],
      ['甬海商收〔2026〕第9999号', CHECK, 404, 'paper-unknown'],
      [NUMBER, '', 400, 'code-missing'],
      [NUMBER, 'xyz', 400, 'code-malformed'],
      ['', CHECK, 400, 'number-missing'],
    ] as const) {
      const answer = await read(paper(n, c));
      expect([rule, answer.status]).toEqual([rule, status]);
      expect(answer.body).toContain(`· ${rule}`);
      expect(answer.body).not.toContain(zh.matter.title);
    }
  });

  it('tells the consumer how their case stands, and takes their answer once', async () => {
    const before = await read(paper(NUMBER, CHECK));
    for (const text of ['张*', zh.matter.stages.performed, zh.satisfaction.title])
      expect(before.body).toContain(text);
    const post = (fields: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: '/p/satisfaction?lang=en',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ n: NUMBER, c: CHECK, ...fields }).toString(),
      });
    expect((await post({ score: '6' })).statusCode).toBe(400);
    expect((await post({ score: '5', c: '0A1B-2C3D-4E50' })).statusCode).toBe(422);
    const done = await Promise.all([1, 2].map(() => post({ score: '5', text: '很快，谢谢' })));
    expect(done.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 409]);
    const after = await read(paper(NUMBER, CHECK));
    expect(after.body).toContain('5 分');
    expect(after.body).not.toContain('<form');
    const { items } = await mall.feed();
    expect(items.filter(({ event }) => event.type === 'satisfaction-answered')).toMatchObject([
      { event: { stream: ended, payload: { score: 5, text: '很快，谢谢' } } },
    ]);
    const open = await app.inject({
      method: 'POST',
      url: '/p/satisfaction',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        n: OTHER_NUMBER,
        c: '1111-2222-3333',
        score: '1',
      }).toString(),
    });
    expect(open.statusCode).toBe(409);
  });

  it('tells the consumer of a return how it stands, by the number and code that the shop told them', async () => {
    const id = uuidv7();
    const stream = { kind: 'return', id };
    const on = { stream, actor: shopManager, at: NOW.toISOString() };
    const number = 'S001-R2026-1-0001';
    const request = {
      goodsCategory: 'clothing',
      goodsName: '大衣（张三 10012345678）',
      purchasedOn: '2026-11-19',
      requestedOn: '2026-11-20',
      amountFen: 59_900,
      condition: 'intact',
      proofType: 'receipt',
      proofNumber: null,
      gift: 'none',
      giftPriceFen: null,
      confirmedUnsuitable: false,
    };
    const asked = {
      number,
      merchantId,
      merchantName: '虚构服饰店',
      commitmentId: 'c1',
      commitmentVersion: 1,
      consumer: { name: '张三', phone: '10012345678' },
      request,
      verdict: 'eligible',
      reasons: [],
    };
    const granted = { refundFen: 59_900, route: 'original', refundedOn: '2026-11-20' };
    await shop.push([shop.event({ ...on, type: 'return-requested', payload: asked })]);
    const waiting = await read(paper(number, returnCode(id)));
    for (const text of ['张*', '大衣（张* 100****5678）', zh.goodsBack.stages.requested, '2026-11-22'])
      expect(waiting.body).toContain(text);
    await shop.push([shop.event({ ...on, type: 'return-granted', payload: granted })]);
    const over = await read(`${paper(` ${number.toLowerCase()}`, returnCode(id).toLowerCase())}&lang=en`);
    for (const text of [en.goodsBack.stages.granted, '599', '2026-11-20']) expect(over.body).toContain(text);
    expect(over.body).not.toContain(id);
    expect((await read(paper(number, returnCode(uuidv7())))).status).toBe(404);
    expect((await read(paper('S001-R2026-1-0002', returnCode(id)))).status).toBe(404);
  });

  it('brakes who guesses, by address and by number, and lets a right code pass', async () => {
    const tight = await pages({ guessesPerMinute: 3, guessesPerHourOfNumber: 5, pagesPerMinute: 1_000 });
    const ask = async (remoteAddress: string, c: string, n = OTHER_NUMBER) =>
      (await tight.app.inject({ url: paper(n, c), remoteAddress })).statusCode;
    const statuses = [];
    for (let tried = 0; tried < 5; tried += 1)
      statuses.push(await ask('203.0.113.1', `0000-0000-000${tried}`));
    expect(statuses).toEqual([422, 422, 422, 429, 429]);
    for (let tried = 0; tried < 6; tried += 1) expect(await ask('203.0.113.2', '1111-2222-3333')).toBe(200);
    // The number has two guesses left, for all addresses together.
    expect(await ask('203.0.113.3', '0000-0000-0000')).toBe(422);
    expect(await ask('203.0.113.4', '0000-0000-0000', ` ${OTHER_NUMBER.replace('〔', '[')}`)).toBe(422);
    const braked = await tight.app.inject({
      url: paper(OTHER_NUMBER, '1111-2222-3333'),
      remoteAddress: '203.0.113.5',
    });
    expect(braked.statusCode).toBe(429);
    expect(Number(braked.headers['retry-after'])).toBeGreaterThan(60);
    await tight.stop();
    const few = await pages({ pagesPerMinute: 2 });
    const home = async () => (await few.app.inject({ url: '/p', remoteAddress: '203.0.113.9' })).statusCode;
    expect([await home(), await home(), await home()]).toEqual([200, 200, 429]);
    await few.stop();
  });
});

/** What is kept, in one line. */
async function kept(): Promise<unknown> {
  const { rows } = await sql`
    SELECT (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM feed) AS feed,
      (SELECT count(*) FROM public_code) AS codes, (SELECT count(*) FROM number_issued) AS numbers,
      (SELECT md5(string_agg(state, '' ORDER BY kind, id)) FROM stream) AS states`.execute(
    centre.centre.database,
  );
  return rows;
}

describe('whoever asks for anything', () => {
  it('gets what they may have or a 4xx, changes nothing, and makes nothing fail', async () => {
    const random = createRandom(20_261_120);
    const hostile = [
      '<x-hostile onload=1>',
      "' OR 1=1 --",
      '\u0000\u0001',
      '../../etc/passwd',
      '%',
      '${7*7}',
      'a'.repeat(3000),
      '\ud800',
      '__proto__',
      '甬海商收〔2026〕第0001号',
      '\u202e\ufeff',
    ];
    const { pick } = random;
    const code = (): string =>
      Array.from({ length: 20 }, () => pick(Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ'))).join('');
    const check = (): string =>
      Array.from({ length: 12 }, () => pick(Array.from('0123456789ABCDEF'))).join('');
    const encoded = (text: string): string =>
      random.chance(0.5) && text.isWellFormed() ? encodeURIComponent(text) : escape(text);
    type Asked = {
      url: string;
      method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'OPTIONS';
      payload?: string;
      type?: string;
      fine?: boolean;
    };
    const form = 'application/x-www-form-urlencoded';
    const kinds: (() => Asked)[] = [
      () => ({ url: '/p', fine: true }),
      () => ({ url: `/p/s/${CODE}?lang=${pick(['en', 'zh', encoded(pick(hostile))])}`, fine: true }),
      () => ({ url: `/p/s?code=${CODE.toLowerCase()}`, fine: true }),
      () => ({ url: paper(NUMBER, pick([CHECK, '0a1b2c3d4e5f'])), fine: true }),
      () => ({ url: `/p/s/${code()}` }),
      () => ({ url: `/p/s/${OLD}` }),
      () => ({ url: `/p/s/${encoded(pick(hostile))}` }),
      () => ({ url: `/p/s?code=${encoded(pick(hostile))}` }),
      () => ({ url: `/p/s/${CODE}?n=${encoded(pick(hostile))}` }),
      () => ({ url: `/p/s/${CODE}?n=1&n=2` }),
      () => ({ url: paper(NUMBER, check()) }),
      () => ({ url: `/p/paper?n=${encoded(pick(hostile))}&c=${encoded(pick(hostile))}` }),
      () => ({ url: `/p/paper?c=${check()}&n[]=${encoded(pick(hostile))}` }),
      () => ({ url: `/p/${encoded(pick(hostile))}` }),
      () => ({
        url: pick(['/p', '/p/paper', `/p/s/${CODE}`]),
        method: pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS']),
      }),
      () => ({ url: '/p/satisfaction', method: 'POST', type: 'application/json', payload: '{"score":5}' }),
      () => ({ url: '/p/satisfaction', method: 'POST', type: form, payload: 'x='.repeat(9_000) }),
      () => ({ url: '/p/satisfaction', method: 'POST', type: form, payload: encoded(pick(hostile)) }),
      () => ({
        url: '/p/satisfaction',
        method: 'POST',
        type: form,
        payload: `n=${encodeURIComponent(NUMBER)}&c=${CHECK}&score=${encoded(pick(hostile))}`,
      }),
      () => ({
        url: '/p/satisfaction',
        method: 'POST',
        type: form,
        payload: `n=${encodeURIComponent(NUMBER)}&c=${check()}&score=5&text=${encoded(pick(hostile))}`,
      }),
    ];
    const before = await kept();
    const wrong: string[] = [];
    let [fine, refused, largest] = [0, 0, 0];
    for (let asked = 0; asked < (FULL ? 10_000 : 500); asked += 1) {
      const { url, method = 'GET', payload, type, fine: isFine = false } = kinds[asked % kinds.length]!();
      const answer = await app.inject({
        method,
        url,
        headers: {
          'accept-language': pick(['en', 'zh', '', encoded(pick(hostile))]),
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        ...(payload === undefined ? {} : { payload }),
      });
      const { statusCode, body } = answer;
      const holds = isFine ? statusCode < 400 : statusCode >= 400 && statusCode < 500;
      if (!holds || HIDDEN.test(body) || body.includes('<x-hostile'))
        wrong.push(`${statusCode} ${method} ${url}`);
      largest = Math.max(largest, Buffer.byteLength(body));
      if (isFine) fine += 1;
      else refused += 1;
    }
    expect(wrong).toEqual([]);
    expect(fine).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(300);
    expect(largest).toBeLessThan(LIMIT);
    expect(await kept()).toEqual(before);
  }, 600_000);
});

describe('public codes', () => {
  it('are made anew from the log, and found where they differ from it', async () => {
    const { database } = centre.centre;
    const said = async () =>
      (await centre.admin.admin.verify()).invariants
        .filter(({ broken }) => broken > 0)
        .map(({ name }) => name);
    expect(await said()).toEqual([]);
    await sql`UPDATE public_code SET merchant_id = 'nobody' WHERE code = ${CODE}`.execute(database);
    expect(await said()).toEqual(['public codes lead to their merchants']);
    const units = createUnitCache();
    const rebuilt = await rebuildFromLog(database, units, { dryRun: false });
    expect(rebuilt.find(({ what }) => what === 'public codes')).toMatchObject({ checked: 2, mended: 1 });
    expect(await said()).toEqual([]);
    expect((await read(`/p/s/${CODE}`)).status).toBe(200);
  });
});
