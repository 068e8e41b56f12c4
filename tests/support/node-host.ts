import { startNodeHost, type NodeHost } from '../../src/main/hosts/node-server.ts';
import { PAGE_KEY_FRAGMENT, PAGE_KEY_HEADER } from '../../src/contract/workstation/page-key.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { openTestWorkstation, PASSWORD } from './workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

export type OpenHost = {
  host: NodeHost;
  staffId: string;
  /** The host's own address, without the token. */
  origin: string;
  stop(): Promise<void>;
};

/**
 * A Node host on a workstation of a folder of its own, without a network, at which a person is signed in. `before` is what
 * happened at the workstation until then; `who` they are, a mediator of the mall unless told.
 */
export async function openNodeHost(
  before: (api: WorkstationClient) => Promise<unknown> = () => Promise.resolve(),
  who: Pick<Parameters<typeof openTestWorkstation>[1] & object, 'unitPath' | 'role'> = {},
): Promise<OpenHost> {
  const { folder, remove } = await temporaryFolder();
  const { api, running, staffId } = await openTestWorkstation(folder, who);
  await before(api);
  await running.close();
  const host = await startNodeHost({
    dataFolder: folder,
    open: false,
    automaticSync: false,
    fetcher: () => Promise.reject(new TypeError('no network in this test')),
    signInAs: { staffId, password: PASSWORD },
  });
  return {
    host,
    staffId,
    origin: new URL(host.url).origin,
    stop: async () => {
      await host.close();
      await remove();
    },
  };
}

/** What a window shows with every call: the cookie and the page's key that it gets for a token of the host. */
export async function windowOf({
  host,
}: Pick<OpenHost, 'host'>): Promise<{ cookie: string; 'x-heshi-page': string }> {
  const entered = await fetch(host.link(), { redirect: 'manual' });
  const [, key = ''] = entered.headers.get('location')?.split(PAGE_KEY_FRAGMENT) ?? [];
  return { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '', [PAGE_KEY_HEADER]: key };
}
