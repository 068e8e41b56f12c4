import { createHash } from 'node:crypto';
import { appendFile, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdfOf, pngOf } from '../support/samples.ts';
import { openNodeHost, windowOf, type OpenHost } from '../support/node-host.ts';
import { caseInput } from '../support/workstation.ts';

let open: OpenHost;
let origin: string;
let shown: Record<string, string>;
let caseId: string;

beforeAll(async () => {
  open = await openNodeHost(async (api) => {
    ({ id: caseId } = await api.cases.register(caseInput()));
  });
  ({ origin } = open);
  shown = await windowOf(open);
});
afterAll(() => open.stop());

function post(
  name: string,
  body: Buffer | ReadableStream,
  headers: Record<string, string> = {},
): Promise<Response> {
  const query = new URLSearchParams({ caseId, name });
  return fetch(`${origin}/evidence?${query.toString()}`, {
    method: 'POST',
    headers: { ...shown, origin, 'content-type': 'application/octet-stream', ...headers },
    body: Buffer.isBuffer(body) ? Uint8Array.from(body) : body,
    duplex: 'half',
  } as RequestInit);
}

describe('evidence files over loopback', () => {
  it('go in and come out whole, in ranges, under their type and a policy of their own', async () => {
    const photo = pngOf(200, 80);
    const answer = await post('照片 1.jpg', photo);
    expect(answer.status).toBe(201);
    const view = (await answer.json()) as { sha256: string; mediaType: string };
    expect(view).toMatchObject({
      sha256: createHash('sha256').update(photo).digest('hex'),
      mediaType: 'image/png',
      name: '照片 1.jpg',
    });
    const address = `${origin}/evidence/${caseId}/${view.sha256}`;
    const whole = await fetch(address, { headers: shown });
    expect(whole.status).toBe(200);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(photo.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('照片 1.jpg')}`,
    });
    expect(Buffer.from(await whole.arrayBuffer()).equals(photo)).toBe(true);
    const part = await fetch(address, { headers: { ...shown, range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${photo.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(photo.subarray(10, 20))).toBe(true);
    expect((await fetch(address, { headers: { ...shown, range: 'bytes=999999-' } })).status).toBe(416);
    expect((await fetch(address, { method: 'HEAD', headers: shown })).status).toBe(200);
  });

  it('are refused to a stranger: no cookie, another origin, another host name', async () => {
    const body = pdfOf('stranger');
    expect((await post('一.pdf', body, { cookie: '' })).status).toBe(403);
    expect((await post('一.pdf', body, { origin: 'http://elsewhere.example' })).status).toBe(403);
    const missing = await fetch(`${origin}/evidence/${caseId}/${'a'.repeat(64)}`, { headers: shown });
    expect(missing.status).toBe(404);
    expect((await fetch(`${origin}/evidence/${caseId}/${'a'.repeat(64)}`)).status).toBe(403);
    expect((await fetch(`${origin}/evidencex`, { headers: shown })).status).toBe(403);
  });

  it('are refused with name and rule, even when there is more of them than anybody wants', async () => {
    const text = await post('合同.pdf', Buffer.from('只是文字。'.repeat(200_000)));
    expect(text.status).toBe(422);
    expect(await text.json()).toEqual({
      code: 'RULE',
      data: { rule: 'evidence-type', field: 'file', parameters: { name: '合同.pdf' } },
    });
    const nameless = await post('', pngOf(1));
    expect(await nameless.json()).toMatchObject({ code: 'INPUT_INVALID' });
    const endless = async function* (): AsyncGenerator<Buffer> {
      yield pngOf(1);
      for (let megabytes = 0; megabytes < 120; megabytes += 1) yield Buffer.alloc(1024 * 1024);
    };
    const large = Readable.toWeb(Readable.from(endless())) as ReadableStream;
    expect(await (await post('太大.png', large)).json()).toMatchObject({
      code: 'RULE',
      data: { rule: 'evidence-too-large', parameters: { name: '太大.png', limit: 25 } },
    });
  });

  it('say that the centre is needed when they are not here, and nothing is cut off in silence', async () => {
    const { store } = open.host.workstation.parts;
    const answer = await post('二.pdf', pdfOf('twice'));
    const { sha256 } = (await answer.json()) as { sha256: string };
    const address = `${origin}/evidence/${caseId}/${sha256}`;
    const file = `${store.folder}/evidence/${sha256.slice(0, 2)}/${sha256}`;
    await appendFile(file, 'x');
    expect(await (await fetch(address, { headers: shown })).json()).toMatchObject({
      code: 'RULE',
      data: { rule: 'evidence-damaged', parameters: { name: '二.pdf' } },
    });
    await rm(file);
    expect(await (await fetch(address, { headers: shown })).json()).toMatchObject({
      code: 'CENTRE_UNREACHABLE',
    });
  });
});
