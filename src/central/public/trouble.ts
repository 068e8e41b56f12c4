import { html } from 'hono/html';
import { PUBLIC_PATH } from '../../domain/document/index.ts';
import type * as zh from '../../words/public/zh-CN.ts';
import { hrefOf, type Html, layout } from './layout.ts';
import type { Say } from './words.ts';

type Field = keyof typeof zh.trouble.fields;
type Rule = keyof typeof zh.trouble.rules;

/** Why a page is refused: what it is about, by which rule, with which status. */
const TROUBLES = {
  'public-code-malformed': { status: 400, field: 'code' },
  'public-code-unknown': { status: 404, field: 'code' },
  'public-code-old': { status: 410, field: 'code' },
  'number-missing': { status: 400, field: 'number' },
  'number-malformed': { status: 400, field: 'number' },
  'code-missing': { status: 400, field: 'code' },
  'code-malformed': { status: 400, field: 'code' },
  'paper-unknown': { status: 404, field: 'number' },
  'paper-code-differs': { status: 422, field: 'code' },
  'score-malformed': { status: 400, field: 'score' },
  'text-malformed': { status: 400, field: 'text' },
  'satisfaction-known': { status: 409, field: 'score' },
  'case-not-ended': { status: 409, field: 'score' },
  'case-unknown': { status: 404, field: 'number' },
  'page-unknown': { status: 404, field: 'address' },
  'request-malformed': { status: 400, field: 'request' },
  'too-many': { status: 429, field: 'request' },
  busy: { status: 503, field: 'request' },
  failed: { status: 500, field: 'request' },
} as const satisfies Record<Rule, { status: number; field: Field }>;

/** Thrown where a page cannot be shown; whoever answers makes a page of it that says so. */
export class Trouble extends Error {
  readonly rule: Rule;
  readonly retryAfterSeconds: number | null;
  /** Another status than the rule's own, where the server of the calls has one already. */
  readonly status: number;
  constructor(
    rule: Rule,
    { retryAfterSeconds, status }: { retryAfterSeconds?: number; status?: number } = {},
  ) {
    super(rule);
    this.rule = rule;
    this.retryAfterSeconds = retryAfterSeconds ?? null;
    this.status = status ?? TROUBLES[rule].status;
  }
}

/** Says what is wrong by its field and rule, and leads back. Nothing of what was typed stands on it. */
export function troublePage(say: Say, { rule, retryAfterSeconds }: Trouble): Html {
  const said = say(`trouble.rules.${rule}`, { seconds: retryAfterSeconds ?? '' });
  return layout(
    say,
    { path: PUBLIC_PATH, query: {} },
    say('trouble.title'),
    html`<h1>${say('trouble.title')}</h1>
      <p class="note bad" role="alert">
        ${say('trouble.field', { field: say(`trouble.fields.${TROUBLES[rule].field}`), rule: said })}
      </p>
      <p class="quiet"><code>${TROUBLES[rule].field} · ${rule}</code></p>
      <p><a href="${hrefOf({ path: PUBLIC_PATH, query: {} }, say.language)}">${say('site.home')}</a></p>`,
  );
}
