import { hash as sha } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { KEEP_FREE } from '../../src/main/numbers/leasing.ts';
import { printedCode } from '../../src/domain/document/index.ts';
import { FULL } from '../support/full.ts';
import { pngOfPage, textOf } from '../support/poppler.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { caseInput } from '../support/workstation.ts';

const MALL = '/HS/C1/M01';
/** How many papers each of two workstations numbers without a line: each takes a sixth of a second to draw. */
const EACH = FULL ? 50 : 20;
const stage = useWorkstations();

type OpenWorkstation = LiveWorkstation;
let now: Date | null = null;
afterEach(() => {
  now = null;
});

/** A workstation of the mall, enrolled once; opened again on the same data under the same name. */
const openWorkstation = (name: string): Promise<OpenWorkstation> =>
  stage.open(name, MALL, 'mediator-mall', { clock: () => now ?? new Date(), leasesNumbers: true });

const year = (): number => Number((now ?? new Date()).toISOString().slice(0, 4));
const account = (of = year()) => stage.centre.admin.admin.numberAccount({ unitPath: MALL, year: of });

async function newCase(workstation: OpenWorkstation): Promise<string> {
  const { id } = await workstation.api.cases.register(caseInput());
  return id;
}

async function issue(workstation: OpenWorkstation, caseId: string) {
  return workstation.api.documents.issue({
    caseId,
    documentId: crypto.randomUUID(),
    kind: 'receipt',
    fields: { materials: '购物小票复印件一份' },
  });
}

async function brokenInvariants(): Promise<string[]> {
  const { invariants } = await stage.centre.admin.admin.verify();
  expect(invariants.map((one) => one.name)).toContain('document numbers are accounted for');
  return invariants.filter((one) => one.broken > 0).map((one) => `${one.name}: ${one.examples.join()}`);
}

describe('document numbers', () => {
  it(`are neither missing nor used twice when two workstations of a unit number ${EACH} each offline, and none changes`, async () => {
    const workstations = [await openWorkstation('one'), await openWorkstation('two')];
    for (const workstation of workstations) await workstation.api.sync.now();
    await stage.centre.halt();
    const printed: {
      workstation: OpenWorkstation;
      caseId: string;
      number: string;
      documentId: string;
      base64: string;
    }[] = [];
    const offline = async (workstation: OpenWorkstation): Promise<void> => {
      const caseId = await newCase(workstation);
      for (let index = 0; index < EACH; index += 1) {
        const { document, file } = await issue(workstation, caseId);
        printed.push({ ...document, workstation, caseId, base64: file.base64 });
      }
    };
    await Promise.all(workstations.map(offline));
    await stage.centre.resume();
    for (const workstation of workstations) expect((await workstation.api.sync.now()).sign).toBe('proved');
    for (const workstation of workstations) await workstation.api.sync.now();

    // As many numbers as papers, each with the next one of its workstation's block.
    expect(printed).toHaveLength(2 * EACH);
    expect(new Set(printed.map((one) => one.number)).size).toBe(2 * EACH);
    const result = await account();
    expect(result).toMatchObject({ issued: 2 * EACH, refused: 0, voided: 0, problems: [] });
    expect(result.issued + result.held).toBe(result.last);
    const used = result.workstations.flatMap((one) => one.issued);
    expect(used).toHaveLength(2);
    expect(used.map((range) => range.last - range.first + 1)).toEqual([EACH, EACH]);
    for (const one of result.workstations) expect(one.issued[0]?.first).toBe(one.leased[0]?.first);

    // What each workstation prints again is what it printed, byte for byte, and the other knows its number.
    for (const { workstation, caseId, documentId, base64 } of printed) {
      const again = await workstation.api.documents.file({ caseId, documentId, variant: 'issued' });
      expect(again.base64).toBe(base64);
    }
    for (const paper of [printed[0], printed[EACH - 1], printed.at(-1)]) {
      if (!paper) throw new Error(`${2 * EACH} papers were printed`);
      const verdicts = await Promise.all(
        workstations.map((workstation) => workstation.api.documents.verify({ base64: paper.base64 })),
      );
      for (const found of verdicts) {
        expect(found).toMatchObject({
          verdict: 'unchanged',
          document: { number: paper.number, status: 'accepted' },
        });
      }
    }
    expect(await brokenInvariants()).toEqual([]);
  }, 180_000);

  it('are leased in advance, filled up again, and written by the unit’s own pattern from the next lease on', async () => {
    const workstation = await openWorkstation('one');
    await workstation.api.sync.now();
    const first = await workstation.api.documents.numbers();
    expect(first.free).toBeGreaterThanOrEqual(KEEP_FREE);
    expect(first.next).toBe(`甬海消调（M01）〔${year()}〕第0001号`);
    await stage.centre.admin.admin.setNumberPattern({
      unitPath: MALL,
      pattern: '甬商调〔{year}〕{sequence:5}号',
    });
    const caseId = await newCase(workstation);
    while ((await workstation.api.documents.numbers()).free >= KEEP_FREE) await issue(workstation, caseId);
    await workstation.api.sync.now();
    const filled = await workstation.api.documents.numbers();
    expect(filled.free).toBeGreaterThan(KEEP_FREE);
    // What was leased keeps its form.
    expect(filled.next).toMatch(/^甬海消调（M01）/);
    const state = await account();
    expect(state.workstations[0]?.leased).toHaveLength(2);
    expect(state.problems).toEqual([]);
    await expect(
      stage.centre.admin.admin.setNumberPattern({ unitPath: MALL, pattern: '没有年份第{sequence}号' }),
    ).rejects.toMatchObject({ code: expect.any(String) as string });
  }, 120_000);

  it('run out offline: no more is issued, nothing else stops, and the next lease goes on where it ended', async () => {
    const workstation = await openWorkstation('one');
    await workstation.api.sync.now();
    const caseId = await newCase(workstation);
    await stage.centre.halt();
    // All but one number of the block are drawn at once, as if they had been printed long ago.
    const { leased } = await workstation.api.documents.numbers();
    await workstation.running.parts.store.write((writer) =>
      writer
        .insertInto('number_sequence')
        .values({ kind: 'document', year: year(), last: leased - 1 })
        .execute(),
    );
    const last = await issue(workstation, caseId);
    expect(last.document.sequence).toBe(leased);
    await expect(issue(workstation, caseId)).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'no-document-number' },
    });
    // The preview and the case itself go on.
    const fields = { materials: '小票' };
    const preview = await workstation.api.documents.preview({ caseId, kind: 'receipt', fields });
    expect(preview.file.base64.length).toBeGreaterThan(1000);
    expect(preview.checks).toEqual({ needed: [], missing: [], unprintable: [] });
    await workstation.api.cases.act({
      id: caseId,
      revision: 2,
      action: { step: 'case-accepted', payload: {} },
    });
    await stage.centre.resume();
    const next = await issue(workstation, caseId);
    expect(next.document.sequence).toBe(leased + 1);
  });

  it('of a year that is over are given back and voided; from December on the next year’s are leased', async () => {
    now = new Date('2026-12-20T02:00:00Z');
    stage.centre.setNow(now);
    const workstation = await openWorkstation('one');
    await workstation.api.sync.now();
    const caseId = await newCase(workstation);
    await issue(workstation, caseId);
    await workstation.api.sync.now();
    expect((await account(2027)).held).toBeGreaterThanOrEqual(KEEP_FREE);

    now = new Date('2027-01-04T02:00:00Z');
    stage.centre.setNow(now);
    const first = await issue(workstation, caseId);
    expect(first.document).toMatchObject({ year: 2027, sequence: 1 });
    expect((await workstation.api.sync.now()).sign).toBe('proved');
    const old = await account(2026);
    expect(old).toMatchObject({ issued: 1, held: 0, problems: [] });
    expect(old.voided).toBe(old.last - 1);
    // A clock set back draws nothing from a year that is closed.
    now = new Date('2026-12-30T02:00:00Z');
    await expect(issue(workstation, caseId)).rejects.toMatchObject({ data: { rule: 'no-document-number' } });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('of a revoked workstation are voided, so that the register still adds up', async () => {
    const workstation = await openWorkstation('one');
    await workstation.api.sync.now();
    await issue(workstation, await newCase(workstation));
    await workstation.api.sync.now();
    await stage.centre.admin.admin.revoke({ deviceId: workstation.deviceId, reason: '丢失' });
    const result = await account();
    expect(result).toMatchObject({ issued: 1, held: 0, problems: [] });
    expect(result.voided).toBe(result.last - 1);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('used twice or never leased are found by the centre’s check', async () => {
    const workstation = await openWorkstation('one');
    await workstation.api.sync.now();
    const caseId = await newCase(workstation);
    await issue(workstation, caseId);
    // A workstation that lost its memory and its log of numbers would draw the same again.
    await issue(workstation, caseId);
    await workstation.api.sync.now();
    await sql`UPDATE number_issued SET sequence = 1`.execute(stage.centre.centre.database);
    expect((await account()).problems).toContainEqual({ kind: 'issued-twice', first: 1, last: 1 });
    expect(await brokenInvariants()).not.toEqual([]);
  });
});

describe('a document', () => {
  it('is issued once, however often it is asked for, and printed again as the same bytes', async () => {
    const workstation = await openWorkstation('one');
    await workstation.api.sync.now();
    const caseId = await newCase(workstation);
    const input = {
      caseId,
      documentId: crypto.randomUUID(),
      kind: 'receipt' as const,
      fields: { materials: '小票' },
    };
    const [first, again] = await Promise.all([
      workstation.api.documents.issue(input),
      workstation.api.documents.issue(input),
    ]);
    expect(again.document.number).toBe(first.document.number);
    expect(again.file.base64).toBe(first.file.base64);
    expect(sha('sha256', Buffer.from(first.file.base64, 'base64'))).toBe(first.document.sha256);
    const file = await workstation.api.documents.file({
      caseId,
      documentId: input.documentId,
      variant: 'issued',
    });
    expect(file.base64).toBe(first.file.base64);
    expect((await workstation.api.documents.numbers()).next).toContain('第0002号');
  });

  it('is signed on screen with a file of its own, verified in every form, and kept from a second signing', async () => {
    const workstation = await openWorkstation('one');
    await workstation.api.sync.now();
    const caseId = await newCase(workstation);
    const { document, file } = await issue(workstation, caseId);
    const stroke = [10, 10, 60, 40, 90, 12];
    const ink = (signer: 'consumer' | 'mediator' | 'merchant') => ({
      signer,
      width: 300,
      height: 120,
      strokes: [stroke],
    });
    const { documentId } = document;
    await expect(
      workstation.api.documents.sign({ manner: 'on-screen', caseId, documentId, inks: [ink('merchant')] }),
    ).rejects.toMatchObject({ data: { rule: 'signer-not-of-document' } });
    const inks = [ink('consumer'), ink('mediator')];
    const signed = await workstation.api.documents.sign({ manner: 'on-screen', caseId, documentId, inks });
    expect(signed.signed).toMatchObject({ manner: 'on-screen', signers: ['consumer', 'mediator'] });
    const signedFile = await workstation.api.documents.file({ caseId, documentId, variant: 'signed' });
    expect(signedFile.base64).not.toBe(file.base64);
    expect(await workstation.api.documents.verify({ base64: signedFile.base64 })).toMatchObject({
      verdict: 'unchanged',
      variant: 'signed',
    });
    expect(await workstation.api.documents.verify({ base64: file.base64 })).toMatchObject({
      verdict: 'unchanged',
      variant: 'issued',
    });
    // One byte changed: the file still names what it was.
    const bytes = Buffer.from(file.base64, 'base64');
    bytes[bytes.length - 30] = (bytes[bytes.length - 30] ?? 0) ^ 1;
    expect(await workstation.api.documents.verify({ base64: bytes.toString('base64') })).toMatchObject({
      verdict: 'altered',
      document: { number: document.number },
    });
    // The paper itself: printed, and scanned at 150 dots an inch.
    const scan = Buffer.from(await pngOfPage(Buffer.from(signedFile.base64, 'base64'), 1, 150));
    expect(await workstation.api.documents.verify({ base64: scan.toString('base64') })).toMatchObject({
      verdict: 'agrees',
      document: { number: document.number, code: document.code },
    });
    // The same text as a hand scanner types it, in capitals and with the colons of a Chinese input method.
    const scanned = printedCode(document).toUpperCase().replaceAll(':', '：');
    expect(await workstation.api.documents.verify({ number: scanned })).toMatchObject({ verdict: 'agrees' });
    expect(await workstation.api.documents.verify({ number: document.number })).toMatchObject({
      verdict: 'code-not-given',
    });
    const foreign = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');
    expect(await workstation.api.documents.verify({ base64: foreign.toString('base64') })).toMatchObject({
      verdict: 'foreign',
    });
    const blank = Buffer.from(scan);
    blank.fill(0, 40, 60);
    expect(await workstation.api.documents.verify({ base64: blank.toString('base64') })).toMatchObject({
      verdict: 'no-code',
    });
    const asTyped = document.number.replaceAll(/[〔〕（）]/g, ' ');
    expect(await workstation.api.documents.verify({ number: asTyped, code: document.code })).toMatchObject({
      verdict: 'agrees',
    });
    expect(
      await workstation.api.documents.verify({ number: document.number, code: '0000-0000-0000' }),
    ).toMatchObject({ verdict: 'code-differs' });
    expect(await workstation.api.documents.verify({ number: '甬海市监调〔1999〕第0001号' })).toMatchObject({
      verdict: 'unknown',
    });
    await expect(
      workstation.api.documents.sign({ manner: 'on-screen', caseId, documentId, inks }),
    ).rejects.toMatchObject({ data: { rule: 'document-signed-already' } });
    // The strokes are in the signed file and nowhere in the log.
    const rows = await workstation.running.parts.store.read
      .selectFrom('event')
      .select('payload')
      .where('type', 'like', 'document-%')
      .execute();
    expect(rows).toHaveLength(2);
    expect(rows.map((row) => row.payload).join()).not.toContain('strokes');
    expect((await workstation.api.sync.now()).sign).toBe('proved');
  });

  it('with a character that no font here has gets no number until the person has seen that', async () => {
    const workstation = await openWorkstation('one');
    await workstation.api.sync.now();
    const { id: caseId } = await workstation.api.cases.register(
      caseInput({ consumer: { name: '赵\u{323B0}', phone: '10012345678' } }),
    );
    const before = await workstation.api.documents.numbers();
    const asked = {
      caseId,
      documentId: crypto.randomUUID(),
      kind: 'receipt' as const,
      fields: { materials: '小票' },
    };
    const { checks } = await workstation.api.documents.preview({ ...asked, fields: {} });
    expect(checks).toEqual({ needed: ['materials'], missing: [], unprintable: ['\u{323B0}'] });
    await expect(workstation.api.documents.issue(asked)).rejects.toMatchObject({
      data: { rule: 'paper-unprintable', parameters: { characters: '\u{323B0} (U+323B0)' } },
    });
    expect(await workstation.api.documents.numbers()).toEqual(before);
    const { file } = await workstation.api.documents.issue({ ...asked, acknowledged: true });
    expect(await textOf(Buffer.from(file.base64, 'base64'))).toContain('赵□U+323B0');
  });

  it('that was printed stays, though its case was taken over by another unit meanwhile', async () => {
    const workstation = await openWorkstation('one');
    const other = await openWorkstation('two');
    await workstation.api.sync.now();
    const caseId = await newCase(workstation);
    await workstation.api.sync.now();
    await other.api.sync.now();
    await other.api.cases.act({
      id: caseId,
      revision: 1,
      action: { step: 'case-escalated', payload: { toPath: '/HS/C1', reason: '上报' } },
    });
    const { document } = await issue(workstation, caseId);
    await other.api.sync.now();
    expect((await workstation.api.sync.now()).attention).toBe(0);
    const detail = await workstation.api.documents.forCase({ caseId });
    expect(detail.issued.map((one) => one.number)).toEqual([document.number]);
    expect((await account()).issued).toBe(1);
  });
});
