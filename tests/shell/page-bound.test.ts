import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNodeHost, windowOf, type OpenHost } from '../support/node-host.ts';

let open: OpenHost;
let shown: Record<string, string>;
beforeAll(async () => {
  open = await openNodeHost();
  shown = await windowOf(open);
});
afterAll(() => open.stop());

const asks = (headers: Record<string, string>): Promise<Response> =>
  fetch(`${open.origin}/rpc/session/state`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"json":null}',
  });
const enter = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { redirect: 'manual', headers });

/** Begins a call with headers of its own; the status it is answered with before any of its body is there. */
function begun(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(open.origin).port), '127.0.0.1', () => {
      const { cookie, ...rest } = shown;
      const own = Object.entries({ cookie, ...rest }).map(([name, value]) => `${name}: ${value}`);
      socket.write(
        [
          'POST /rpc/session/state HTTP/1.1',
          `Host: ${new URL(open.origin).host}`,
          ...own,
          ...lines,
          '',
          '',
        ].join('\r\n'),
      );
    });
    socket.once('data', (chunk) => {
      resolve(chunk.toString().slice(9, 12));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('the way into a workstation’s own server', () => {
  it('is opened once by each address, and not again by whoever finds it later', async () => {
    for (const address of [open.host.url, open.host.link()]) {
      const first = await enter(address);
      expect([first.status, first.headers.get('set-cookie')?.includes('HttpOnly')]).toEqual([302, true]);
      expect((await enter(address)).status).toBe(403);
      // Whoever came by it before is where they were, and is given nothing new.
      const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
      const again = await enter(address, { cookie });
      expect([again.status, again.headers.get('location'), again.headers.get('set-cookie')]).toEqual([
        302,
        '/',
        null,
      ]);
    }
  });

  it('is no other port’s: the cookie bears the port, and is nothing without the page’s key', async () => {
    expect((await asks(shown)).status).toBe(200);
    const { cookie = '' } = shown;
    expect(cookie).toMatch(new RegExp(`^heshi-workstation-${new URL(open.origin).port}=`));
    // What a server at another port of this machine is sent by the browser.
    expect((await asks({ cookie })).status).toBe(403);
    expect((await asks({ cookie, 'x-heshi-page': 'guessed' })).status).toBe(403);
    const other = await windowOf(open);
    expect((await asks({ cookie, 'x-heshi-page': other['x-heshi-page'] })).status).toBe(403);
    expect((await fetch(`${open.origin}/evidence/x/${'a'.repeat(64)}`, { headers: { cookie } })).status).toBe(
      403,
    );
  });

  it('takes no more than a call may hold, and says so before any of it is there', async () => {
    expect(await begun(['Content-Type: application/json', `Content-Length: ${81 * 1024 * 1024}`])).toBe(
      '413',
    );
    expect(await begun(['Content-Type: application/json', 'Transfer-Encoding: chunked'])).toBe('411');
  });
});
