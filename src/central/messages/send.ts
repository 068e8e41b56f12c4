import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { MerchantState } from '../../domain/merchant/index.ts';
import type { Database } from '../kernel/db/database.ts';
import { type DueMessage, messagesDue } from './due.ts';
import type { Gateway, Messaging } from './gateway.ts';
import {
  beginSending,
  endMessage,
  failMessage,
  keepDue,
  leftSending,
  messageId,
  nextWaiting,
  waitAgain,
  type Waiting,
} from './kept.ts';
import { merchantsBehind, type Reminded, remindedMerchants, unreachedMerchants } from './known.ts';
import { textOf } from './words.ts';

/** Merchants that are looked at in one statement. */
const PAGE = 500;
/** Messages that are read at once. */
const AT_ONCE = 100;
/** After so many failures on end the gateway is taken to be down until the next run. */
const DOWN_AFTER = 5;

export type MessageParts = { database: Database; messaging: Messaging };
type Stopped = () => boolean;

/** What is known beside the merchants themselves. */
type Measure = { unreached: ReadonlyMap<string, string>; annualReport: boolean; day: string };

const dueOf = (one: Reminded, { unreached, annualReport, day }: Measure): DueMessage[] =>
  messagesDue(one, { unreachableSince: unreached.get(one.merchant.id) ?? null, annualReport }, day);

async function measureOf({ database, messaging }: MessageParts, now: Date): Promise<Measure> {
  const day = businessDay(now.toISOString());
  return { unreached: await unreachedMerchants(database), annualReport: messaging.annualReport, day };
}

const hasBegun = ({ from }: Messaging, now: Date): boolean => businessDay(now.toISOString()) >= from;

/** Keeps what merchants are to be told today, each thing once. Returns how many messages were new. */
export async function keepDueMessages(
  parts: MessageParts,
  now: Date,
  stopped: Stopped = () => false,
): Promise<number> {
  const { database, messaging } = parts;
  if (!hasBegun(messaging, now)) return 0;
  const measure = await measureOf(parts, now);
  // Who has no record may be warned all the same.
  const all = measure.annualReport || measure.unreached.size > 0;
  let made = 0;
  for (let after = ''; !stopped();) {
    const ids = await merchantsBehind(database, after, PAGE, { all });
    const last = ids.at(-1);
    if (last === undefined) break;
    after = last;
    const due = (await remindedMerchants(database, ids)).flatMap((one) => dueOf(one, measure));
    made += await keepDue(database, due, messaging.gateway.channel, now);
  }
  return made;
}

/** What became of those that a process was sending when it ended. One that may have been sent is not sent again. */
async function settleLeft(database: Database, gateway: Gateway, now: Date): Promise<void> {
  for (const { id } of await leftSending(database, gateway.channel)) {
    const outcome = await gateway.outcomeOf(id);
    if (outcome === 'not-sent') await waitAgain(database, id, now);
    else await endMessage(database, id, outcome === 'sent' ? 'sent' : 'doubtful', '', now);
  }
}

/** The number under which a merchant is told something: its own, else that of a contact of that day. */
export function phoneOf({ phone, contacts = [] }: MerchantState, day: string): string | null {
  if (phone !== null && phone !== '') return phone;
  const holds = contacts.find(
    (one) => one.phone !== null && (one.from ?? day) <= day && (one.to ?? day) >= day,
  );
  return holds?.phone ?? null;
}

/** Sends one message, if it is still due. False where the gateway failed. */
async function sendOne(
  { database, messaging: { gateway, windowPhone } }: MessageParts,
  waiting: Waiting,
  known: Reminded | undefined,
  { measure, now }: { measure: Measure; now: Date },
): Promise<boolean> {
  const { id } = waiting;
  const due = known && dueOf(known, measure).find((one) => messageId(one, gateway.channel) === id);
  if (known === undefined || due === undefined) {
    await endMessage(database, id, 'not-due', '', now);
    return true;
  }
  const to = phoneOf(known.merchant, measure.day);
  if (to === null) {
    await endMessage(database, id, 'no-phone', '', now);
    return true;
  }
  const { what, day, organ, number } = due;
  const text = textOf(what, { merchant: known.merchant.name, organ, number, day, phone: windowPhone });
  await beginSending(database, id);
  try {
    await gateway.send({ id, to, text, at: now.toISOString() });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    await failMessage(database, { id, tries: waiting.tries + 1 }, said.slice(0, 200), now);
    return false;
  }
  await endMessage(database, id, 'sent', '', now);
  return true;
}

/**
 * Sends what waits and is still due. What fails is tried again by a later run, after a wait that grows; what this centre was sending when
 * it ended is not sent again where it may have been. Only one process at a time may be at it.
 */
export async function sendMessages(
  parts: MessageParts,
  now: Date,
  stopped: Stopped = () => false,
): Promise<void> {
  const { database, messaging } = parts;
  if (!hasBegun(messaging, now)) return;
  const { gateway } = messaging;
  await settleLeft(database, gateway, now);
  const measure = await measureOf(parts, now);
  let failures = 0;
  while (!stopped()) {
    const waiting = await nextWaiting(database, gateway.channel, now, AT_ONCE);
    if (waiting.length === 0) return;
    const ids = [...new Set(waiting.map(({ merchantId }) => merchantId))];
    const known = new Map((await remindedMerchants(database, ids)).map((one) => [one.merchant.id, one]));
    for (const one of waiting) {
      if (stopped()) return;
      const sent = await sendOne(parts, one, known.get(one.merchantId), { measure, now });
      failures = sent ? 0 : failures + 1;
      if (failures >= DOWN_AFTER) return;
    }
  }
}
