import { createORPCClient, onError, ORPCError } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { WorkstationContract } from '../../../contract/workstation/index.ts';
import { pageHeaders } from './page-key.ts';

export type Api = ContractRouterClient<WorkstationContract>;

/** The preload bridge announces itself and hands over one port by a message of this type. */
const PORT_MESSAGE = 'heshi:port';

function portFromElectron(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent): void => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== PORT_MESSAGE || !port) return;
      window.removeEventListener('message', receive);
      port.start();
      resolve(port);
    };
    window.addEventListener('message', receive);
  });
}

const shutOutListeners = new Set<() => void>();

/** Calls `listener` whenever any call, a question or a command, is answered with NOT_SIGNED_IN, LOCKED or STORAGE_DAMAGED. */
export function onShutOut(listener: () => void): () => void {
  shutOutListeners.add(listener);
  return () => shutOutListeners.delete(listener);
}

const SHUT_OUT: readonly unknown[] = ['NOT_SIGNED_IN', 'LOCKED', 'STORAGE_DAMAGED'];

function tellShutOut(error: unknown): void {
  if (!(error instanceof ORPCError) || !SHUT_OUT.includes(error.code)) return;
  for (const listener of shutOutListeners) listener();
}

/** A browser sends no more than 64 KiB for a page that is gone. */
const MOST_AFTERWARDS = 60_000;

let leaving = false;

/** The page is going, which not every browser calls hidden by then: what is said now must outlive it. */
export function pageLeaves(): void {
  leaving = true;
}

/** What is typed when a page is closed must still reach the workstation; nothing else of a hidden page has to. */
function outlivesPage(path: readonly string[], input: unknown): boolean {
  return (
    (leaving || document.visibilityState === 'hidden') &&
    path.join('.') === 'drafts.save' &&
    new Blob([JSON.stringify(input)]).size < MOST_AFTERWARDS
  );
}

/** Over a MessagePort in Electron, over loopback HTTP in the Node host. */
async function connect(): Promise<Api> {
  const link =
    location.protocol === 'app:'
      ? new PortLink({ port: await portFromElectron(), interceptors: [onError(tellShutOut)] })
      : new HttpLink({
          url: `${location.origin}/rpc`,
          headers: pageHeaders,
          interceptors: [onError(tellShutOut)],
          fetch: (request, init, _options, path, input) =>
            fetch(request, { ...init, keepalive: outlivesPage(path, input) }),
        });
  return createORPCClient(link);
}

/** The workstation behind this screen. */
export const api: Api = await connect();
