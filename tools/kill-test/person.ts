import { setTimeout as wait } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { PAGE_KEY_FRAGMENT, PAGE_KEY_HEADER } from '../../src/contract/workstation/page-key.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import type { SyncStatus } from '../../src/contract/workstation/sync.ts';
import { DEMO_PASSWORD } from '../world/workstation.ts';
import type { Random } from '../world/random.ts';
import type { Fact, Ledger } from './ledger.ts';
import type { Killable } from './processes.ts';

/** A person who works at one workstation without a pause, through its own HTTP interface as a browser does. */
export type Person = {
  /** Kills the workstation under the person's hands, and starts it again. */
  killWorkstation(): Promise<void>;
  /** Rounds of sync that found no centre, in all lives of the workstation. */
  cutOffRounds(): number;
  /** Rounds that brought everything, ever. */
  goodRounds(): number;
  /** Stops working and waits until everything has arrived; the last status. */
  finish(): Promise<SyncStatus>;
};

const PAUSE_MS = 25;
const DRAINING_TRIES = 60;

/** Opens the workstation's page as a browser would: the token becomes a cookie and a key of the page. */
async function openPage(url: string): Promise<WorkstationClient> {
  const entered = await fetch(url, { redirect: 'manual' });
  const [cookie = ''] = entered.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  const [, key = ''] = entered.headers.get('location')?.split(PAGE_KEY_FRAGMENT) ?? [];
  const headers = { cookie, [PAGE_KEY_HEADER]: key };
  return createORPCClient(new RPCLink({ url: `${new URL(url).origin}/rpc`, headers }));
}

export async function startPerson(options: {
  workstation: Killable;
  /** What no other's notes bear; the workstation's own name unless told. */
  name?: string;
  staffId: string;
  ledger: Ledger;
  random: Random;
  /** Absent where the workstation is enrolled already. */
  enrolment?: { centreUrl: string; code: string };
}): Promise<Person> {
  const { workstation, staffId, ledger, random } = options;
  const own: { id: string; accepted: boolean }[] = [];
  let notes = 0;
  let stopping = false;
  /** Counts the workstation's lives: what fails in one that has ended is in doubt, and no surprise. */
  let life = 0;
  let alive = Promise.withResolvers<WorkstationClient>();
  let cutOff = 0;
  let good = 0;

  const watchSync = async (api: WorkstationClient): Promise<void> => {
    const mine = life;
    const { begun } = workstation.deaths();
    let running = false;
    try {
      for await (const status of await api.sync.watch()) {
        // Read on until the connection breaks: one given up just before that would break with nobody listening.
        if (mine !== life) continue;
        if (running && !status.running) {
          if (status.reason === null) good += 1;
          if (status.reason === 'centre-unreachable') cutOff += 1;
        }
        ({ running } = status);
      }
    } catch (error) {
      // A workstation that somebody ended is no surprise; why it was, whoever did it tells.
      if (mine === life && !stopping && begun === workstation.deaths().begun) throw error;
    }
  };
  const sitDown = async (enrolment?: { centreUrl: string; code: string }): Promise<void> => {
    await workstation.start();
    const api = await openPage(workstation.url());
    if (enrolment) await api.session.enrol({ ...enrolment, deviceName: workstation.name });
    await api.session.signIn({ staffId, password: DEMO_PASSWORD });
    watching.push(watchSync(api));
    alive.resolve(api);
  };

  const nextDeed = (api: WorkstationClient): { fact: Fact; run: () => Promise<unknown> } => {
    const waiting = own.find((one) => !one.accepted);
    const draw = random.next();
    if (own.length === 0 || draw < 0.35) {
      const caseId = crypto.randomUUID();
      return { fact: { type: 'case-registered', caseId }, run: () => register(api, caseId) };
    }
    if (waiting !== undefined && draw < 0.5) {
      const caseId = waiting.id;
      waiting.accepted = true;
      const action = { step: 'case-accepted' as const, payload: {} };
      return { fact: { type: 'case-accepted', caseId }, run: () => act(api, caseId, action) };
    }
    const caseId = random.pick(own).id;
    notes += 1;
    const text = `【虚构示例】备注 ${options.name ?? workstation.name} ${notes}`;
    const action = { step: 'note-added' as const, payload: { text } };
    return { fact: { type: 'note-added', caseId, text }, run: () => act(api, caseId, action) };
  };
  const work = async (): Promise<void> => {
    while (!stopping) {
      const api = await alive.promise;
      const mine = life;
      const { fact, run } = nextDeed(api);
      try {
        await run();
        ledger.acknowledged.push(fact);
        if (fact.type === 'case-registered') own.push({ id: fact.caseId, accepted: false });
      } catch (error) {
        if (mine === life) throw error;
        ledger.inDoubt.push(fact);
      }
      await wait(random.whole(0, 2 * PAUSE_MS));
    }
  };

  const watching: Promise<void>[] = [];
  await sitDown(options.enrolment);
  const working = work();
  // Told by `finish`; until then it must not count as unhandled.
  working.catch(() => undefined);
  return {
    killWorkstation: async () => {
      life += 1;
      alive = Promise.withResolvers();
      await workstation.kill();
      await sitDown();
    },
    cutOffRounds: () => cutOff,
    goodRounds: () => good,
    finish: async () => {
      stopping = true;
      await working;
      const api = await alive.promise;
      let status = await api.sync.now();
      for (let tries = 0; status.sign !== 'proved' && tries < DRAINING_TRIES; tries += 1) {
        await wait(200);
        status = await api.sync.now();
      }
      life += 1;
      await workstation.stop();
      await Promise.allSettled(watching);
      return status;
    },
  };
}

function register(api: WorkstationClient, caseId: string): Promise<unknown> {
  return api.cases.register({
    caseId,
    consumer: { name: '虚构甲', phone: '10012345678' },
    merchant: { merchantId: null, name: '虚构服饰店' },
    facts: {
      text: '【虚构示例】大衣掉色，要求退款。',
      occurredOn: shiftDay(businessDay(new Date().toISOString()), -10),
    },
    category: { object: 'clothing', problem: 'quality' },
    amountFen: 12_800,
    claims: ['refund'],
    consents: { publication: false, delegatedMediation: true },
    source: 'walk-in',
    returnId: null,
  });
}

type Step = Parameters<WorkstationClient['cases']['act']>[0]['action'];

async function act(api: WorkstationClient, id: string, action: Step): Promise<unknown> {
  const { revision } = (await api.cases.get({ id })).state;
  return api.cases.act({ id, revision, action });
}
