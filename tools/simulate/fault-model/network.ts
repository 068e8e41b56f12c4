import { request as httpRequest } from 'node:http';
import { SIGNATURE_HEADER } from '../../../src/protocol/centre-key.ts';
import { armKill, disarmKill } from './connection-kills.ts';
import { REQUEST_FAULTS, type RequestFault } from './kinds.ts';
import type { SimulatedWorkstation } from './simulated-workstation.ts';
import type { Simulation } from './simulation.ts';
import { CENTRE_ADDRESS } from './simulated-centre.ts';

type Parcel = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | null;
};
type Answer = { status: number; text: string; headers: Record<string, string> };

/** The network between all workstations and the centre, as one seed has it. */
export type Weather = {
  /** Requests meet faults. */
  bad: boolean;
  held: { workstation: string; parcel: Parcel }[];
  /** The next request finds the centre's process ended, and another one begun. */
  restartNext: boolean;
  /** The next batch loses its database connection at this statement. */
  killAt: number | null;
  /** Something a person or another workstation does while a request is on its way; `news` are cases of which the answer tells. */
  meanwhile: ((workstation: SimulatedWorkstation, news: readonly string[]) => Promise<void>) | null;
};

const weathers = new WeakMap<object, Weather>();

export function weatherOf(simulation: Simulation): Weather {
  const known = weathers.get(simulation.truth);
  if (known) return known;
  const fresh: Weather = { bad: false, held: [], restartNext: false, killAt: null, meanwhile: null };
  weathers.set(simulation.truth, fresh);
  return fresh;
}

/** How often each fault meets a request in bad weather. */
const CHANCE: Record<RequestFault, number> = {
  loss: 0.06,
  'answer-loss': 0.06,
  duplicate: 0.06,
  delay: 0.05,
  'cut-request': 0.04,
  'cut-answer': 0.05,
};
const MEANWHILE = 0.08;
/** The same while an answer brings others' facts: whoever has just such a case open goes on with it. */
const MEANWHILE_NEWS = 0.3;

const lost = (what: string): TypeError => new TypeError(`simulated: ${what}`);

/** What of an answer's headers a workstation looks at. */
function headersOf(response: Response): Record<string, string> {
  const signature = response.headers.get(SIGNATURE_HEADER);
  return {
    'content-type': response.headers.get('content-type') ?? 'application/json',
    ...(signature === null ? {} : { [SIGNATURE_HEADER]: signature }),
  };
}

async function deliver(simulation: Simulation, parcel: Parcel): Promise<Answer> {
  const weather = weatherOf(simulation);
  const armed = parcel.path === '/v1/push' && weather.killAt !== null ? weather.killAt : null;
  if (armed !== null) armKill(armed);
  const response = await fetch(`${simulation.centre.url()}${parcel.path}`, {
    method: parcel.method,
    headers: parcel.headers,
    body: parcel.body,
  });
  const answer = {
    status: response.status,
    text: await response.text(),
    headers: headersOf(response),
  };
  if (armed !== null && disarmKill()) {
    simulation.inject('failover', `in a batch, at statement ${armed}, answered ${answer.status}`);
    weather.killAt = null;
    await simulation.centre.failOver();
  }
  observe(simulation, parcel, answer);
  return answer;
}

type Observed = {
  receipts?: { id: string }[];
  runs?: { from: number; to: number }[];
  items?: { event: { id: string; device: string; stream: { kind: string; id: string } } }[];
  head?: { position: number; digest: string };
};

type Sent = { events: { id: string; deviceSequence: number }[] };

/** What the centre has said is what it has, whether or not the answer arrives. */
function observe(simulation: Simulation, parcel: Parcel, answer: Answer): void {
  if (answer.status !== 200 || !/^\/v1\/(push|feed)/.test(parcel.path)) return;
  const said = JSON.parse(answer.text) as Observed;
  for (const { id } of said.receipts ?? []) simulation.truth.centreHas.add(id);
  if (said.runs && parcel.body) {
    const { events } = JSON.parse(Buffer.from(parcel.body).toString()) as Sent;
    for (const { from, to } of said.runs)
      for (const { id, deviceSequence } of events)
        if (deviceSequence >= from && deviceSequence <= to) simulation.truth.centreHas.add(id);
  }
  for (const { event } of said.items ?? []) simulation.truth.centreHas.add(event.id);
}

/** Sends half of the body and breaks the connection; the centre must make nothing of it. */
function cutOff(simulation: Simulation, parcel: Parcel): Promise<void> {
  return new Promise((resolve) => {
    const body = parcel.body ?? new Uint8Array(2);
    const sending = httpRequest(`${simulation.centre.url()}${parcel.path}`, {
      method: parcel.method,
      headers: { ...parcel.headers, 'content-length': String(Math.max(2, body.length)) },
      agent: false,
    });
    sending.on('error', () => undefined);
    sending.on('close', () => resolve());
    sending.write(body.subarray(0, Math.floor(body.length / 2)), () => sending.destroy());
  });
}

function responseOf(answer: Answer): Response {
  return new Response(answer.text, { status: answer.status, headers: answer.headers });
}

/** Half an answer: with an error at the break, or, worse, with a proper end. */
function halfAnswer(answer: Answer, silent: boolean): Response {
  const bytes = new TextEncoder().encode(answer.text);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  const body = silent
    ? half
    : new ReadableStream({
        pull: (controller) => {
          controller.enqueue(half);
          controller.error(lost('cut in the answer'));
        },
      });
  return new Response(body, { status: answer.status, headers: answer.headers });
}

/**
 * What a person at this workstation, or another workstation, does while the request is on its way. The page before it may still be
 * being applied: a seed must not leave to the disk's speed what the person sees, so that page is waited for.
 */
async function meanwhile(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  news: readonly string[] = [],
): Promise<void> {
  const { meanwhile: work } = weatherOf(simulation);
  const often = news.length === 0 ? MEANWHILE : MEANWHILE_NEWS;
  if (work === null || !simulation.random.chance(often)) return;
  await workstation.running.parts.store.write(async () => undefined).catch(() => undefined);
  if (!workstation.dead) await work(workstation, news);
}

/** The cases of which others' facts are in this page. */
function newsIn(workstation: SimulatedWorkstation, { items = [] }: Observed): string[] {
  const own = workstation.running.parts.identity()?.deviceId;
  const foreign = items.filter(({ event }) => event.device !== own && event.stream.kind === 'case');
  return [...new Set(foreign.map(({ event }) => event.stream.id))];
}

/** The `fetch` of one workstation. */
export function createFetcher(simulation: Simulation, workstation: SimulatedWorkstation): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (!request.url.startsWith(CENTRE_ADDRESS)) throw lost(`no way to ${request.url}`);
    const parcel: Parcel = {
      method: request.method,
      path: request.url.slice(CENTRE_ADDRESS.length),
      headers: Object.fromEntries(request.headers),
      body: request.method === 'GET' ? null : new Uint8Array(await request.arrayBuffer()),
    };
    const weather = weatherOf(simulation);
    if (workstation.dead || simulation.step < workstation.cutOffUntil) throw lost('cut off');
    if (weather.restartNext) {
      weather.restartNext = false;
      await simulation.centre.restart();
      simulation.inject('centre-restart', `before ${workstation.name} ${parcel.method} ${pathOnly(parcel)}`);
    }
    await meanwhile(simulation, workstation);
    const drawn = weather.bad ? drawFault(simulation) : null;
    const fault = workstation.losesPushes === 'yes' && parcel.path === '/v1/push' ? 'loss' : drawn;
    const what = `${workstation.name} ${parcel.method} ${pathOnly(parcel)}`;
    if (fault !== null) simulation.inject(fault, what);
    switch (fault) {
      case 'loss':
        throw lost('request lost');
      case 'delay':
        weather.held.push({ workstation: workstation.name, parcel });
        throw lost('no answer in time');
      case 'cut-request':
        await cutOff(simulation, parcel);
        throw lost('cut in the request');
      case 'duplicate':
        await deliver(simulation, parcel);
        break;
      default:
    }
    const answer = await deliver(simulation, parcel);
    if (parcel.path === '/v1/enrol' && answer.status === 200 && workstation.losesPushes === 'once-enrolled')
      workstation.losesPushes = 'yes';
    if (fault === 'answer-loss') throw lost('answer lost');
    const cut = fault === 'cut-answer' ? halfAnswer(answer, simulation.random.chance(0.5)) : null;
    if (cut !== null) return cut;
    const page =
      answer.status === 200 && parcel.path.startsWith('/v1/feed')
        ? (JSON.parse(answer.text) as Observed)
        : null;
    await meanwhile(simulation, workstation, page === null ? [] : newsIn(workstation, page));
    if (workstation.dead) throw lost('dead');
    if (page !== null) workstation.served = page.head ?? null;
    return responseOf(answer);
  };
}

function pathOnly(parcel: Parcel): string {
  return parcel.path.replace(/\?.*/, '').replace('/v1/', '');
}

function drawFault(simulation: Simulation): RequestFault | null {
  let draw = simulation.random.next();
  for (const fault of REQUEST_FAULTS) {
    if (!simulation.faults.has(fault)) continue;
    draw -= CHANCE[fault];
    if (draw < 0) return fault;
  }
  return null;
}

/** Requests that were given up on arrive now, in any order, behind what was sent after them. */
export async function deliverHeld(simulation: Simulation, all: boolean): Promise<void> {
  const { held } = weatherOf(simulation);
  while (held.length > 0) {
    const [late] = held.splice(simulation.random.whole(0, held.length - 1), 1);
    if (!late) return;
    const { status } = await deliver(simulation, late.parcel);
    simulation.note(`late ${late.workstation} ${pathOnly(late.parcel)} → ${status}`);
    if (!all) return;
  }
}
