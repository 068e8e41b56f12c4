import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { startProxy } from '../../tools/kill-test/proxy.ts';

it("the proxy of the kill test says how long its own connections rest, not the server's", async () => {
  const server = createServer((_, response) => response.end('here'));
  server.keepAliveTimeout = 72_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = await startProxy([{ url: () => `http://127.0.0.1:${port}` }]);
  const answer = await fetch(proxy.url);
  expect(await answer.text()).toBe('here');
  // A client that believed the server's 72 s would send its next request into a connection that the proxy closes.
  expect(answer.headers.get('keep-alive')).toBe('timeout=300');
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

it('counts the requests that no server took', async () => {
  const proxy = await startProxy([{ url: () => 'http://127.0.0.1:1' }, { url: () => 'http://127.0.0.1:1' }]);
  expect((await fetch(proxy.url)).status).toBe(503);
  expect(proxy.brokenOff()).toEqual({ withServer: 0, otherwise: 0, noServer: 1 });
  await proxy.close();
});
