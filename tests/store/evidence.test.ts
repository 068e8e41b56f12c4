import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContentStore } from '../../src/main/evidence/content-store.ts';
import { addEvidence } from '../../src/main/evidence/evidence.ts';
import { asStaff, type StaffContext } from '../../src/main/kernel/parts.ts';
import { ContentDamaged, createSealed, readSealed } from '../../src/protocol/sealed-content.ts';
import { collect, pdfOf, piecesOf, pngOf, wavOf } from '../support/samples.ts';
import { FULL } from '../support/full.ts';
import { caseInput, openTestWorkstation, PASSWORD, type TestWorkstation } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const CHILD = fileURLToPath(new URL('../support/capturing-child.ts', import.meta.url));
const KEY = Buffer.alloc(32, 7);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every file of the content store, by its path below it. */
async function filesOf(dataFolder: string): Promise<string[]> {
  const entries = await readdir(join(dataFolder, 'evidence'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function contextOf(workstation: TestWorkstation): Promise<StaffContext> {
  const { client, api } = workstation.running.connect();
  await api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
  return asStaff(workstation.running.contextOf(client));
}

describe('sealed content', () => {
  it.each([1, 65_535, 65_536, 65_537, 131_072, 300_001])(
    'of %d bytes is read whole and in ranges',
    async (size) => {
      const file = join(folder, 'one');
      const plain = await collect(wavOf(Math.max(size, 44))).then((bytes) => bytes.subarray(0, size));
      const writer = await createSealed(file, KEY);
      for await (const piece of piecesOf(plain, 7_777)) await writer.write(piece);
      expect(await writer.finish()).toEqual({ size, sha256: sha256(plain) });
      expect((await collect(readSealed(file, KEY))).equals(plain)).toBe(true);
      for (const [start, end] of [
        [0, 1],
        [size - 1, size],
        [Math.floor(size / 3), Math.ceil(size / 2)],
      ] as const) {
        expect((await collect(readSealed(file, KEY, start, end))).equals(plain.subarray(start, end))).toBe(
          true,
        );
      }
      const stored = await readFile(file);
      expect(stored.includes(plain.subarray(0, 40)) && size > 40).toBe(false);
    },
  );

  it('shows a changed byte, a cut end at any place, chunks in another order, and another key', async () => {
    const file = join(folder, 'one');
    const plain = await collect(wavOf(200_000));
    const writer = await createSealed(file, KEY);
    await writer.write(plain);
    await writer.finish();
    const stored = await readFile(file);
    const fails = async (bytes: Buffer, key = KEY): Promise<void> => {
      await writeFile(file, bytes);
      await expect(collect(readSealed(file, key))).rejects.toBeInstanceOf(ContentDamaged);
    };
    const changed = Buffer.from(stored);
    changed[100_000] = (changed[100_000] ?? 0) ^ 1;
    await fails(changed);
    const [header, chunk] = [20, 65_552];
    await fails(stored.subarray(0, header + chunk));
    await fails(stored.subarray(0, header + chunk + 5_000));
    await fails(stored.subarray(0, header));
    await fails(stored.subarray(0, 7));
    await fails(
      Buffer.concat([
        stored.subarray(0, header),
        stored.subarray(header + chunk, header + 2 * chunk),
        stored.subarray(header, header + chunk),
        stored.subarray(header + 2 * chunk),
      ]),
    );
    await fails(stored, Buffer.alloc(32, 8));
  });
});

describe('taking in evidence', () => {
  it('keeps content and fact together, sealed under its hash, its type by its bytes', async () => {
    const workstation = await openTestWorkstation(folder);
    const context = await contextOf(workstation);
    const { id } = await workstation.api.cases.register(caseInput());
    const photo = pngOf(120);
    const view = await addEvidence(
      context,
      { caseId: id, name: '其实是PNG.jpg', note: '吊牌' },
      piecesOf(photo),
    );
    expect(view).toMatchObject({
      sha256: sha256(photo),
      size: photo.length,
      mediaType: 'image/png',
      kind: 'photo',
      held: true,
      outstanding: true,
      mayWithdraw: true,
    });
    const pdf = await addEvidence(context, { caseId: id, name: 'x.pdf' }, piecesOf(pdfOf('receipt')));
    expect(pdf).toMatchObject({ mediaType: 'application/pdf', kind: 'document' });
    const audio = await addEvidence(context, { caseId: id, name: 'x.wav' }, wavOf(100_000));
    expect(audio).toMatchObject({ mediaType: 'audio/wav', kind: 'audio' });
    const { content } = workstation.running.parts;
    expect((await collect(content.read(view.sha256))).equals(photo)).toBe(true);
    const files = await filesOf(folder);
    expect(files).toHaveLength(3);
    for (const file of files) {
      expect((await readFile(file)).includes(photo.subarray(8, 40))).toBe(false);
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
    const { timeline } = await workstation.api.cases.get({ id });
    expect(timeline.filter((entry) => entry.type === 'evidence-added')).toHaveLength(3);
    await workstation.running.close();
  });

  it('keeps the same content once, for however many cases', async () => {
    const workstation = await openTestWorkstation(folder);
    const context = await contextOf(workstation);
    const { id } = await workstation.api.cases.register(caseInput());
    const { id: other } = await workstation.api.cases.register(caseInput());
    const photo = pngOf(3);
    const add = (caseId: string, name: string) => addEvidence(context, { caseId, name }, piecesOf(photo));
    await Promise.all([add(id, '一.png'), add(other, '二.png')]);
    await expect(add(id, '三.png')).rejects.toMatchObject({
      refusal: { rule: 'evidence-repeated', parameters: { name: '一.png' } },
    });
    expect(await filesOf(folder)).toHaveLength(1);
    const reopened = createContentStore(folder, () => Promise.reject(new Error('not needed')));
    expect(await reopened.has(sha256(photo))).toBe(true);
    await workstation.running.close();
  });

  it('mends damaged content when the same file comes in again', async () => {
    const workstation = await openTestWorkstation(folder);
    const context = await contextOf(workstation);
    const { id } = await workstation.api.cases.register(caseInput());
    const { id: other } = await workstation.api.cases.register(caseInput());
    const photo = pngOf(9);
    const add = (caseId: string) => addEvidence(context, { caseId, name: '一.png' }, piecesOf(photo));
    const { sha256: named } = await add(id);
    const [file = ''] = await filesOf(folder);
    await writeFile(file, 'nonsense');
    const { content } = workstation.running.parts;
    await expect(collect(content.read(named))).rejects.toBeInstanceOf(ContentDamaged);
    // Refused where it stands already, and not by that made any worse.
    await expect(add(id)).rejects.toMatchObject({ refusal: { rule: 'evidence-repeated' } });
    await add(other);
    expect((await collect(content.read(named))).equals(photo)).toBe(true);
    expect(await filesOf(folder)).toEqual([file]);
    await workstation.running.close();
  });

  it('refuses by content, not by name, and keeps nothing of what it refused', async () => {
    const workstation = await openTestWorkstation(folder);
    const context = await contextOf(workstation);
    const { id } = await workstation.api.cases.register(caseInput());
    const refusal = async (name: string, body: AsyncGenerator<Buffer>): Promise<unknown> =>
      addEvidence(context, { caseId: id, name }, body).then(
        () => 'taken',
        (error: unknown) => (error instanceof Error && 'refusal' in error ? error.refusal : error),
      );
    expect(await refusal('照片.jpg', piecesOf(Buffer.from('这其实是一段文字。'.repeat(500))))).toMatchObject({
      rule: 'evidence-type',
      parameters: { name: '照片.jpg' },
    });
    expect(await refusal('page.pdf', piecesOf(Buffer.from('<html><script>1</script>')))).toMatchObject({
      rule: 'evidence-type',
    });
    expect(await refusal('空.jpg', piecesOf(Buffer.alloc(0)))).toMatchObject({ rule: 'evidence-empty' });
    const large = async function* (): AsyncGenerator<Buffer> {
      yield pngOf(1);
      for (let index = 0; index < 26; index += 1) yield Buffer.alloc(1024 * 1024);
    };
    expect(await refusal('大.png', large())).toMatchObject({
      rule: 'evidence-too-large',
      parameters: { name: '大.png', limit: 25 },
    });
    const broken = async function* (): AsyncGenerator<Buffer> {
      yield* piecesOf(pngOf(2, 200));
      throw new Error('the browser went away');
    };
    expect(await refusal('断.png', broken())).toMatchObject({ message: 'the browser went away' });
    expect(await filesOf(folder)).toEqual([]);
    expect((await workstation.api.evidence.list({ caseId: id })).items).toEqual([]);
    await workstation.running.close();
  });

  it('is refused for a settled case before and after the bytes, and withdrawn with a reason until then', async () => {
    const workstation = await openTestWorkstation(folder);
    const context = await contextOf(workstation);
    const { id } = await workstation.api.cases.register(caseInput());
    const first = await addEvidence(context, { caseId: id, name: '一.png' }, piecesOf(pngOf(1)));
    const second = await addEvidence(context, { caseId: id, name: '二.png' }, piecesOf(pngOf(2)));
    const list = await workstation.api.evidence.withdraw({
      caseId: id,
      sha256: first.sha256,
      reason: '拍糊了',
    });
    expect(list.items).toMatchObject([
      { withdrawn: { reason: '拍糊了' }, mayWithdraw: false, outstanding: false },
      { withdrawn: null, mayWithdraw: true },
    ]);
    const { state } = await workstation.api.cases.act({
      id,
      revision: 4,
      action: { step: 'case-accepted', payload: {} },
    });
    const settle = () =>
      workstation.api.cases.act({
        id,
        revision: state.revision,
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
    // The agreement is made while the bytes are still coming in.
    const slow = async function* (): AsyncGenerator<Buffer> {
      yield pngOf(5).subarray(0, 60);
      await settle();
      yield pngOf(5).subarray(60);
    };
    await expect(addEvidence(context, { caseId: id, name: '慢.png' }, slow())).rejects.toMatchObject({
      refusal: { rule: 'evidence-frozen' },
    });
    const body = piecesOf(pngOf(6));
    await expect(addEvidence(context, { caseId: id, name: '晚.png' }, body)).rejects.toMatchObject({
      refusal: { rule: 'evidence-frozen' },
    });
    await expect(
      workstation.api.evidence.withdraw({ caseId: id, sha256: second.sha256, reason: '反悔' }),
    ).rejects.toMatchObject({ code: 'RULE', data: { rule: 'evidence-frozen' } });
    const after = await workstation.api.evidence.list({ caseId: id });
    expect(after).toMatchObject({ mayAdd: false, frozen: 'evidence-frozen' });
    expect(after.items).toHaveLength(2);
    expect(await filesOf(folder)).toHaveLength(2);
    await workstation.running.close();
  });
});

describe('kill -9 while evidence is taken in', () => {
  it(
    'leaves no orphan and loses nothing that was acknowledged, whenever it strikes',
    { timeout: 240_000 },
    async () => {
      const acknowledged = new Set<string>();
      let partsSeen = 0;
      // The blow must strike in the middle at least once, or this test shows nothing; a busy machine needs more blows.
      const struck = (): boolean => partsSeen > 0 && acknowledged.size > 0;
      for (let round = 0; (FULL && round < 6) || (round < 30 && !struck()); round += 1) {
        // Later where nothing has been acknowledged by then: how fast this goes is the machine's affair.
        const afterMs = ([15, 130, 60, 250, 5, 90][round % 6] ?? 0) * 2 ** Math.floor(round / 6);
        const child = spawn(process.execPath, [CHILD, folder, String(round + 1)], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const lines = createInterface({ input: child.stdout });
        lines.on('line', (line) => {
          if (line === 'started') setTimeout(() => child.kill('SIGKILL'), afterMs);
          else acknowledged.add(line);
        });
        await once(child, 'exit');
        lines.close();
        partsSeen += (await filesOf(folder)).filter((file) => file.includes('incoming')).length;
      }
      expect(partsSeen).toBeGreaterThan(0);
      expect(acknowledged.size).toBeGreaterThan(0);

      const workstation = await openTestWorkstation(folder);
      const { store, content } = workstation.running.parts;
      const files = await filesOf(folder);
      expect(files.filter((file) => file.includes('incoming'))).toEqual([]);
      const facts = await store.read
        .selectFrom('event')
        .select('payload')
        .where('type', '=', 'evidence-added')
        .execute();
      const hashes = facts.map((row) => (JSON.parse(row.payload) as { sha256: string }).sha256);
      expect(new Set(files.map((file) => file.slice(-64)))).toEqual(new Set(hashes));
      expect([...acknowledged].filter((hash) => !hashes.includes(hash))).toEqual([]);
      for (const hash of hashes) expect(sha256(await collect(content.read(hash)))).toBe(hash);
      await workstation.running.close();
    },
  );

  it('finishes what was recorded but not yet in its place, and clears what was not recorded', async () => {
    let workstation = await openTestWorkstation(folder);
    const context = await contextOf(workstation);
    const { id } = await workstation.api.cases.register(caseInput());
    const { sha256: kept } = await addEvidence(context, { caseId: id, name: '一.png' }, piecesOf(pngOf(1)));
    await workstation.running.close();
    // As a crash between the commit and the last rename leaves it; and one before the commit.
    const [file = ''] = await filesOf(folder);
    const sealed = await readFile(file);
    const incoming = join(folder, 'evidence', 'incoming');
    await writeFile(join(incoming, `${kept}.ready`), sealed);
    await writeFile(join(incoming, `${'e'.repeat(64)}.ready`), sealed);
    await writeFile(join(incoming, 'half.part'), sealed.subarray(0, 50));
    await rm(file);
    workstation = await openTestWorkstation(folder);
    expect(await filesOf(folder)).toEqual([file]);
    expect((await collect(workstation.running.parts.content.read(kept))).equals(pngOf(1))).toBe(true);
    await workstation.running.close();
  });
});
