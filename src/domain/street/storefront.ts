import { businessDay, shiftDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import { type ParsedPayload, readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { type Checklist, checklistOfVersion, checklistOn } from './checklist.ts';
import { type Photo, type StorefrontPayload, storefrontSchemas } from './events.ts';
import { passes, type Score, scoreOf } from './score.ts';
import { type Hand, handOf } from './street.ts';

/** One visit to the shop, with the score it was given by the checklist of that day. */
export type ShopPatrol = StorefrontPayload<'shop-patrolled@1'> & {
  score: Score;
  passed: boolean;
  /** Whether it was the re-check that the visit before had asked for. */
  recheck: boolean;
  by: Hand;
};

export type Plaque = {
  patrolId: string;
  basisPoints: number;
  on: string;
  by: Hand;
};

export type PastPlaque = Plaque & {
  ended: { on: string; cause: 'recheck-failed' | 'withdrawn' | 'left'; reason: string; by: Hand };
};

/** A shop on a street: its visits and its plaque. Its id is the merchant's. */
export type StorefrontState = StorefrontPayload<'shop-joined@1'> & {
  id: string;
  joined: Hand;
  /** Since when it is on no street any more; it may join one again. */
  left: { on: string; reason: string; by: Hand } | null;
  patrols: ShopPatrol[];
  plaque: Plaque | null;
  pastPlaques: PastPlaque[];
  revision: number;
};

type Read = Exclude<
  ParsedPayload<typeof storefrontSchemas>,
  { key: 'unknown' | 'invalid' | 'shop-joined@1' }
>;

const NEEDED = {
  'shop-joined@1': 'street.patrol',
  'shop-patrolled@1': 'street.patrol',
  'plaque-granted@1': 'street.decide',
  'plaque-withdrawn@1': 'street.decide',
  'shop-left@1': 'street.patrol',
} as const satisfies Record<keyof typeof storefrontSchemas, string>;

/** Applies one fact to a shop on a street. Only people of units above the shop's own act; a failed re-check ends the plaque by itself. */
export function applyStorefront(state: StorefrontState | undefined, fact: Fact): Ruling<StorefrontState> {
  const read = readPayload(storefrontSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  if (!may(role, NEEDED[read.key])) return illegal('role-may-not', undefined, { role });
  const path = read.key === 'shop-joined@1' ? read.payload.merchantPath : state?.merchantPath;
  if (path === undefined) return illegal('street-shop-missing', 'merchantId');
  if (!covers(unitPath, path)) return illegal('outside-scope', 'merchantPath');
  if (unitPath === path) return illegal('street-own-shop', 'merchantPath');
  if (read.key === 'shop-joined@1') {
    if (state && state.left === null) return illegal('street-shop-joined', 'merchantId');
    return legal({
      // Of an earlier street its visits and plaques stay on record.
      ...(state ?? { patrols: [], plaque: null, pastPlaques: [], revision: 0 }),
      ...read.payload,
      id: fact.stream.id,
      joined: handOf(fact),
      left: null,
      revision: (state?.revision ?? 0) + 1,
    });
  }
  if (!state || state.left !== null) return illegal('street-shop-missing', 'merchantId');
  return step({ ...state, revision: state.revision + 1 }, read, fact);
}

function step(next: StorefrontState, read: Read, fact: Fact): Ruling<StorefrontState> {
  const by = handOf(fact);
  if (read.payload.on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  switch (read.key) {
    case 'shop-patrolled@1':
      return patrol(next, read.payload, fact);
    case 'plaque-granted@1': {
      const { patrolId, on } = read.payload;
      const last = next.patrols.at(-1);
      if (next.plaque !== null) return illegal('plaque-exists', 'patrolId');
      if (last?.patrolId !== patrolId) return illegal('plaque-patrol-not-last', 'patrolId');
      const { basisPoints, barred } = last.score;
      if (!last.passed || basisPoints === null) {
        const needed = checklistOfVersion(last.checklist)?.pass.basisPoints ?? 0;
        return illegal(barred ? 'plaque-essential-missed' : 'plaque-under-pass', 'patrolId', {
          score: (basisPoints ?? 0) / 100,
          needed: needed / 100,
        });
      }
      if (on < last.on) return illegal('plaque-before-patrol', 'on', { day: last.on });
      return legal({ ...next, plaque: { patrolId, basisPoints, on, by } });
    }
    case 'plaque-withdrawn@1': {
      const { on, reason } = read.payload;
      if (next.plaque === null) return illegal('plaque-missing');
      if (on < next.plaque.on) return illegal('plaque-ends-before', 'on', { day: next.plaque.on });
      return legal(endPlaque(next, { on, cause: 'withdrawn', reason, by }));
    }
    case 'shop-left@1': {
      const { on, reason } = read.payload;
      if (next.plaque !== null && on < next.plaque.on)
        return illegal('plaque-ends-before', 'on', { day: next.plaque.on });
      return legal({ ...endPlaque(next, { on, cause: 'left', reason, by }), left: { on, reason, by } });
    }
  }
}

/** Without its plaque, which goes to those that hung before. */
function endPlaque(state: StorefrontState, ended: PastPlaque['ended']): StorefrontState {
  return state.plaque === null
    ? state
    : { ...state, plaque: null, pastPlaques: [...state.pastPlaques, { ...state.plaque, ended }] };
}

function patrol(
  next: StorefrontState,
  payload: StorefrontPayload<'shop-patrolled@1'>,
  fact: Fact,
): Ruling<StorefrontState> {
  const refusal = faultOfVisit(next, payload, businessDay(fact.at));
  if (refusal) return { kind: 'illegal', refusal };
  // Known, or it would have been refused.
  const checklist = checklistOfVersion(payload.checklist) as Checklist;
  const score = scoreOf(checklist, payload.answers);
  const by = handOf(fact);
  const passed = passes(checklist, score);
  const recheck = (next.patrols.at(-1)?.recheckOn ?? null) !== null;
  const visited = { ...next, patrols: [...next.patrols, { ...payload, score, passed, recheck, by }] };
  return legal(
    recheck && !passed
      ? endPlaque(visited, { on: payload.on, cause: 'recheck-failed', reason: '', by })
      : visited,
  );
}

/** The first fault of a visit: of its street and order, then of its answers one by one, then of its re-check. `today` is the day it is recorded. */
export function faultOfVisit(
  state: StorefrontState,
  payload: StorefrontPayload<'shop-patrolled@1'>,
  today: string,
): Refusal | null {
  const { patrolId, streetId, on, checklist: version, answers, recheckOn } = payload;
  if (streetId !== state.streetId) return { rule: 'street-shop-missing', field: 'merchantId' };
  if (state.patrols.some((one) => one.patrolId === patrolId))
    return { rule: 'patrol-shop-twice', field: 'patrolId' };
  const last = state.patrols.at(-1);
  if (last && on < last.on) return { rule: 'patrol-before-last', field: 'on', parameters: { day: last.on } };
  const checklist = checklistOfVersion(version);
  if (checklistOn(on)?.version !== version || !checklist)
    return { rule: 'patrol-checklist', field: 'checklist', parameters: { version } };
  return faultOfAnswers(checklist, answers) ?? faultOfRecheck(checklist, { on, recheckOn, answers }, today);
}

function faultOfAnswers(
  checklist: Checklist,
  answers: StorefrontPayload<'shop-patrolled@1'>['answers'],
): Refusal | null {
  if (answers.length === 0) return { rule: 'patrol-no-answer', field: 'answers' };
  const items = new Map(checklist.items.map((item) => [item.code, item]));
  const seen = new Set<string>();
  for (const [place, { item, answer, photos }] of answers.entries()) {
    const known = items.get(item);
    if (!known) return { rule: 'patrol-item-unknown', field: `answers.${place}.item`, parameters: { item } };
    if (seen.has(item))
      return { rule: 'patrol-item-twice', field: `answers.${place}.item`, parameters: { item } };
    seen.add(item);
    if (answer === 'missed' && known.photo === 'missed' && photos.length === 0)
      return { rule: 'patrol-photo-needed', field: `answers.${place}.photos` };
  }
  const open = checklist.items.find(({ code }) => !seen.has(code));
  if (open) return { rule: 'patrol-item-open', field: 'answers', parameters: { item: open.code } };
  return answers.every(({ answer }) => answer === 'not-applicable')
    ? { rule: 'patrol-nothing-applied', field: 'answers' }
    : null;
}

function faultOfRecheck(
  checklist: Checklist,
  { on, recheckOn, answers }: Pick<StorefrontPayload<'shop-patrolled@1'>, 'on' | 'recheckOn' | 'answers'>,
  today: string,
): Refusal | null {
  const missed = answers.some(({ answer }) => answer === 'missed');
  if (recheckOn === null) return missed ? { rule: 'patrol-recheck-needed', field: 'recheckOn' } : null;
  if (!missed) return { rule: 'patrol-recheck-nothing', field: 'recheckOn' };
  if (recheckOn <= on || recheckOn < today) return { rule: 'patrol-recheck-past', field: 'recheckOn' };
  const latest = shiftDay(on, checklist.recheck.mostDays);
  return recheckOn > latest
    ? { rule: 'patrol-recheck-late', field: 'recheckOn', parameters: { day: latest } }
    : null;
}

/** The photographs of all visits to a shop, each once: they stay on record with the visit. */
export function photosOf({ patrols }: Pick<StorefrontState, 'patrols'>): Photo[] {
  const all = patrols.flatMap(({ answers }) => answers.flatMap(({ photos }) => photos));
  return [...new Map(all.map((photo) => [photo.sha256, photo])).values()];
}

/** Known to the shop and to all units above it. */
export function storefrontSight({ merchantPath }: Pick<StorefrontState, 'merchantPath'>): string[] {
  return ancestorsAndSelf(merchantPath);
}
