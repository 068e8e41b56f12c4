/**
 * Runs the built application under Node with the stand-in where `electron` would be, plays the system's and the
 * page's part once through, and prints what was seen as JSON.
 *
 *     node play.ts BUILT_FOLDER        (data folder in HESHI_STAND_IN_DATA)
 */
import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import type { MessagePort } from 'node:worker_threads';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { WorkstationClient } from '../../../src/main/workstation.ts';
import { pngOf } from '../../support/samples.ts';
import { caseInput, PASSWORD } from '../../support/workstation.ts';
import { system } from './electron.ts';

const [, , built = ''] = process.argv;
const standIn = new URL('electron.ts', import.meta.url).href;
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: standIn, shortCircuit: true } : next(name, context),
});

await import(pathToFileURL(join(built, 'main/index.js')).href);
const address = await system.loaded.promise;

const get = async (path: string): Promise<Response> => {
  const answer = await system.page?.(new Request(new URL(path, address)));
  if (answer === undefined) throw new Error('Nothing answers app:// addresses');
  return answer;
};
const page = await get('/');
const html = await page.text();
const script = /<script[^>]+src="([^"]+)"/.exec(html)?.[1] ?? '';
const scriptAnswer = await get(script);

/** Runs the preload as Electron does, in a context of its own with `electron` and the page's window. */
async function pageSide(): Promise<MessagePort> {
  const { promise, resolve } = Promise.withResolvers<MessagePort>();
  const frame = {
    url: address,
    parent: null,
    postMessage: (channel: string, _message: unknown, ports: object[]) => {
      const ends = ports.map((port) => system.pageEnds.get(port));
      for (const receive of received.get(channel) ?? []) receive({ ports: ends });
    },
  };
  const received = new Map<string, ((event: { ports: unknown[] }) => void)[]>();
  const ipcRenderer = {
    on: (channel: string, receive: (event: { ports: unknown[] }) => void) =>
      received.set(channel, [...(received.get(channel) ?? []), receive]),
    send: (channel: string) => system.ipcMain.emit(channel, { sender: { id: 1 }, senderFrame: frame }),
  };
  const window = {
    location: { origin: new URL(address).origin },
    addEventListener: (_name: string, ready: () => void) => setImmediate(ready),
    postMessage: (message: unknown, _origin: string, ports: [MessagePort]) => {
      if (message === 'heshi:port') resolve(ports[0]);
    },
  };
  const preload = system.windowOptions?.webPreferences?.preload ?? '';
  const require = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`A sandboxed preload cannot load ${name}`);
    return { ipcRenderer };
  };
  runInNewContext(await readFile(preload, 'utf8'), { require, window });
  return promise;
}

const port = await pageSide();
port.start();
const api: WorkstationClient = createORPCClient(new RPCLink({ port }));
const state = await api.session.state();
const [person] = await api.session.people();
await api.session.signIn({ staffId: person?.staffId ?? '', password: PASSWORD });
const { id, number } = await api.cases.register(caseInput());
// A photo goes in beside the port and comes out again.
const photo = Uint8Array.from(pngOf(150));
const added = await system.page?.(
  new Request(new URL(`/evidence?caseId=${id}&name=${encodeURIComponent('照片.png')}`, address), {
    method: 'POST',
    body: new Blob([photo]),
  }),
);
const { items } = await api.evidence.list({ caseId: id });
const seen = await get(`/evidence/${id}/${items[0]?.sha256 ?? ''}`);
const evidence = {
  status: added?.status,
  mediaType: seen.headers.get('content-type'),
  same: Buffer.from(await seen.arrayBuffer()).equals(photo),
};
const accepted = await api.cases.act({ id, revision: 2, action: { step: 'case-accepted', payload: {} } });
const stale = await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } }).then(
  () => null,
  (error: unknown) => (error instanceof ORPCError ? error.code : String(error)),
);
await api.cases.act({
  id,
  revision: accepted.state.revision,
  action: {
    step: 'case-settled',
    payload: {
      instrument: 'settlement-agreement',
      terms: '退款',
      amountFen: 100,
      performance: { kind: 'at-once' },
    },
  },
});
const agreement = Buffer.from((await api.documents.agreement({ caseId: id })).base64, 'base64');

system.app.emit('window-all-closed');
while (system.quits < 2) await new Promise((resolve) => setTimeout(resolve, 10));
port.close();
// Nothing calls exit: that the process ends shows that the store and the sync engine are closed.
const { sandbox, contextIsolation, nodeIntegration } = system.windowOptions?.webPreferences ?? {};
process.stdout.write(
  JSON.stringify({
    address,
    privileged: system.privileged.map(({ scheme }) => scheme),
    web: { sandbox, contextIsolation, nodeIntegration },
    page: { status: page.status, policy: page.headers.get('content-security-policy') },
    script: { status: scriptAnswer.status, type: scriptAnswer.headers.get('content-type') },
    state,
    number,
    evidence,
    stale,
    agreement: agreement.subarray(0, 5).toString('latin1'),
    quits: system.quits,
  }),
);
