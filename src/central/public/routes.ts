import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import { plainNumber, PUBLIC_PATH } from '../../domain/document/index.ts';
import { readPublicCode } from '../../domain/merchant/index.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import type { CallerLimits } from '../kernel/http/limits.ts';
import type { Pressure } from '../kernel/http/pressure.ts';
import { takeAnswer } from './answer.ts';
import { CHARITY_PATH, charityPage } from './charity-page.ts';
import { findAccounts } from './find-accounts.ts';
import { findPaper, type FoundPaper } from './find-paper.ts';
import { findShop } from './find-shop.ts';
import { findStations } from './find-stations.ts';
import { homePage, PAPER_PATH, SHOP_PATH, STATIONS_PATH } from './home-page.ts';
import { languageOf, SHORT } from './language.ts';
import type { Html } from './layout.ts';
import { ANSWER_PATH, paperPage } from './paper-page.ts';
import { shopPage } from './shop-page.ts';
import { stationsPage } from './stations-page.ts';
import { STYLE, STYLE_PATH } from './style.ts';
import { Trouble, troublePage } from './trouble.ts';
import { type Say, sayIn } from './words.ts';

export type PublicParts = IngestParts & {
  clock: () => Date;
  callers: CallerLimits;
  pressure: Pressure;
  log: Logger;
};

/** Nothing is run, fetched, framed or sent elsewhere; a page is its own text and one style. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** What is asked for in an address or a form: each name once, as a text. */
const Texts = z.record(z.string(), z.string());
/** As printed: three groups of four, however they are put apart. */
const CODE = /^(?:[0-9A-F][\s-]*){12}$/i;
const Score = z.string().regex(/^[1-5]$/);
/** Lines may be broken; other control characters are no text of anybody. */
const Comment = z.string().regex(/^(?:[^\p{Cc}\p{Cs}]|[\r\n])*$/u);

/** Greatest size of a form, bytes: 500 characters of four bytes, each written as `%F0`, and the rest. */
const FORM_LIMIT = 8 * 1024;

type Texts = z.infer<typeof Texts>;

/** The names and values of an address or a form. @throws Trouble where one stands twice */
function textsOf(value: unknown): Texts {
  const read = Texts.safeParse(value);
  if (!read.success) throw new Trouble('request-malformed');
  return read.data;
}

function sayTo({ query, headers }: FastifyRequest): Say {
  const named = Texts.safeParse(query).data?.['lang'];
  return sayIn(languageOf(named, headers['accept-language']));
}

/** Number and check code as somebody typed them. @throws Trouble */
function typedPaper({ n = '', c = '' }: Texts): { number: string; code: string } {
  const [number, code] = [n.trim(), c.trim()];
  if (number === '') throw new Trouble('number-missing');
  if (number.length < 3 || number.length > 80 || /[\p{Cc}\p{Cs}]/u.test(number))
    throw new Trouble('number-malformed');
  if (code === '') throw new Trouble('code-missing');
  if (!CODE.test(code.normalize('NFKC'))) throw new Trouble('code-malformed');
  return { number, code: code.normalize('NFKC') };
}

/**
 * Sends a page. `kept` may be kept by browsers and what stands between, and is asked about each time: what a circle decides or a
 * merchant changes is obeyed at once, and who comes again for the same is sent nothing.
 */
async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Html,
  { status = 200, kept = false }: { status?: number; kept?: boolean } = {},
): Promise<FastifyReply> {
  const text = String(await page);
  const etag = `"${hash('sha256', text, 'base64url').slice(0, 22)}"`;
  reply.header('vary', 'accept-language').header('cache-control', kept ? 'public, no-cache' : 'no-store');
  if (kept) reply.header('etag', etag);
  if (kept && request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.code(status).type('text/html; charset=utf-8').send(text);
}

/** A path as it stands below the prefix of all pages. */
const below = (path: string): string => path.slice(PUBLIC_PATH.length);

/** The pages for everybody: no login, no script, little asked at a time, and nothing on them that is not for everybody. */
export function addPublicPages(app: FastifyInstance, parts: PublicParts): void {
  const { callers, pressure, log } = parts;
  /** Tried by one address, and for one number by all: a right code costs nothing. */
  const guessed = async (
    { ip }: FastifyRequest,
    number: string,
    look: () => Promise<FoundPaper>,
  ): Promise<FoundPaper> => {
    // However it is written: another blank or bracket is no other paper.
    const plain = plainNumber(number);
    const retryAfterSeconds = await callers.guess(ip, plain);
    if (retryAfterSeconds > 0) throw new Trouble('too-many', { retryAfterSeconds });
    const found = await look();
    await callers.guessedRight(ip, plain);
    return found;
  };
  const addPages = async (pages: FastifyInstance): Promise<void> => {
    pages.addHook('onRequest', async (request, reply) => {
      reply.headers(HEADERS);
      const retryAfterSeconds = await callers.page(request.ip);
      if (retryAfterSeconds > 0) throw new Trouble('too-many', { retryAfterSeconds });
      const full = pressure.waits();
      if (full > 0) throw new Trouble('busy', { retryAfterSeconds: full });
    });
    // With the form here: nobody waits for who does not send theirs.
    pages.addHook('preValidation', async (_request, reply) => {
      const entered = pressure.enter();
      if ('retryAfterSeconds' in entered)
        throw new Trouble('busy', { retryAfterSeconds: entered.retryAfterSeconds });
      reply.raw.once('close', entered.done);
    });
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_LIMIT },
      (_request, body, done) => {
        const fields = [...new URLSearchParams(String(body))];
        const once = new Map(fields);
        done(null, once.size === fields.length ? Object.fromEntries(once) : null);
      },
    );
    pages.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
      const trouble = troubleOf(error);
      if (trouble.status >= 500 && trouble.rule === 'failed')
        log.error({ requestId: request.id, err: error }, 'a public page failed');
      if (trouble.retryAfterSeconds !== null) reply.header('retry-after', trouble.retryAfterSeconds);
      return send(request, reply, troublePage(sayTo(request), trouble), { status: trouble.status });
    });
    pages.setNotFoundHandler(async () => {
      throw new Trouble('page-unknown');
    });

    pages.get(below(STYLE_PATH), async (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type('text/css; charset=utf-8')
        .send(STYLE),
    );
    pages.get('/', (request, reply) => send(request, reply, homePage(sayTo(request)), { kept: true }));
    pages.get(below(STATIONS_PATH), async (request, reply) =>
      send(request, reply, stationsPage(sayTo(request), await findStations(parts)), { kept: true }),
    );
    // From the form: the address of a page is the code's, however it was typed.
    pages.get(below(SHOP_PATH), async (request, reply) => {
      const code = readPublicCode(textsOf(request.query)['code'] ?? '');
      if (code === null) throw new Trouble('public-code-malformed');
      return reply.redirect(`${SHOP_PATH}/${code}?lang=${SHORT[sayTo(request).language]}`, 303);
    });
    pages.get<{ Params: { code: string } }>(`${below(SHOP_PATH)}/:code`, async (request, reply) => {
      const { n, c } = textsOf(request.query);
      const code = readPublicCode(request.params.code);
      if (code === null) throw new Trouble('public-code-malformed');
      const given = n === undefined && c === undefined ? null : { n: n ?? '', c: c ?? '' };
      const typed = given === null ? null : typedPaper(given);
      const { shop, card } = await findShop(parts, code, typed);
      const asked = { path: `${SHOP_PATH}/${code}`, query: given ?? {} };
      return send(request, reply, shopPage(sayTo(request), asked, shop, card), { kept: true });
    });
    pages.get(below(CHARITY_PATH), async (request, reply) =>
      send(request, reply, charityPage(sayTo(request), await findAccounts(parts)), { kept: true }),
    );
    pages.get(below(PAPER_PATH), async (request, reply) => {
      const typed = typedPaper(textsOf(request.query));
      const paper = await guessed(request, typed.number, () => findPaper(parts, typed.number, typed.code));
      const asked = { path: PAPER_PATH, query: { n: typed.number, c: typed.code } };
      return send(request, reply, paperPage(sayTo(request), asked, paper, typed));
    });
    pages.post(below(ANSWER_PATH), async (request, reply) => {
      const form = textsOf(request.body);
      const typed = typedPaper(form);
      const score = Score.safeParse(form['score']);
      if (!score.success) throw new Trouble('score-malformed');
      const text = Comment.safeParse((form['text'] ?? '').trim());
      if (!text.success || text.data.length > 500) throw new Trouble('text-malformed');
      const paper = await guessed(request, typed.number, () => findPaper(parts, typed.number, typed.code));
      if (paper.kind !== 'document' || paper.case === null) throw new Trouble('case-unknown');
      const answer = { score: Number(score.data), text: text.data };
      await takeAnswer(parts, paper.caseId, answer, parts.clock());
      const query = new URLSearchParams({
        n: typed.number,
        c: typed.code,
        lang: SHORT[sayTo(request).language],
      });
      return reply.redirect(`${PAPER_PATH}?${query.toString()}`, 303);
    });
  };
  void app.register(addPages, { prefix: PUBLIC_PATH });
}

/** What becomes of a fault: the callers' own are told as such, ours are said to be ours. */
function troubleOf(error: Error & { statusCode?: number }): Trouble {
  if (error instanceof Trouble) return error;
  const { statusCode = 500 } = error;
  return statusCode >= 400 && statusCode < 500
    ? new Trouble('request-malformed', { status: statusCode })
    : new Trouble('failed');
}
