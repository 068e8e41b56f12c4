import { createORPCClient } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { WorkstationContract } from '../../contract/workstation/index.ts';

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

/** Over a MessagePort in Electron, over loopback HTTP in the Node host. */
async function connect(): Promise<Api> {
  const link =
    location.protocol === 'app:'
      ? new PortLink({ port: await portFromElectron() })
      : new HttpLink({ url: `${location.origin}/rpc` });
  return createORPCClient(link);
}

/** The workstation behind this screen. */
export const api: Api = await connect();
