import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadState } from '../../src/main/kernel/store/index.ts';
import { leaseTo } from '../support/numbers.ts';
import { FULL } from '../support/full.ts';
import { caseInput, openTestWorkstation } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const CHILD = fileURLToPath(new URL('../support/issuing-child.ts', import.meta.url));

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

it('a crash between numbering and printing loses no number and doubles none', async () => {
  const acknowledged: { sequence: number; documentId: string; sha256: string }[] = [];
  const blows = FULL ? [40, 110, 180] : [110];
  for (const afterMs of blows) {
    const child = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      // Well into the issue of a later one.
      if (line === 'ready') return;
      setTimeout(() => child.kill('SIGKILL'), afterMs);
      const [sequence = '', documentId = '', sha256 = ''] = line.split(' ');
      acknowledged.push({ sequence: Number(sequence), documentId, sha256 });
    });
    await once(child, 'exit');
    lines.close();
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(blows.length);
  expect(new Set(acknowledged.map((one) => one.sequence)).size).toBe(acknowledged.length);

  const workstation = await openTestWorkstation(folder);
  const { read } = workstation.running.parts.store;
  const facts = await read
    .selectFrom('event')
    .select('payload')
    .where('type', '=', 'document-issued')
    .orderBy('device_sequence')
    .execute();
  const issued = facts.map(
    (row) => JSON.parse(row.payload) as { sequence: number; documentId: string; sha256: string },
  );
  // Every number from 1 on, once, in order: none lost between two papers, none twice.
  expect(issued.map((one) => one.sequence)).toEqual(issued.map((_, index) => index + 1));
  for (const one of acknowledged) expect(issued).toContainEqual(expect.objectContaining(one));
  // Each number has its file, and each file is the one the log names.
  const files = await read.selectFrom('document_file').selectAll().execute();
  expect(files).toHaveLength(issued.length);
  for (const file of files) {
    const fact = issued.find((one) => one.documentId === file.document_id);
    expect(hash('sha256', file.bytes)).toBe(fact?.sha256);
  }
  const { id: caseId } = await workstation.api.cases.register(caseInput());
  const next = await workstation.api.documents.issue({
    caseId,
    documentId: crypto.randomUUID(),
    kind: 'receipt',
    fields: { materials: '小票' },
  });
  expect(next.document.sequence).toBe(issued.length + 1);
  await workstation.running.close();
});

it('a workstation that holds no file says where it is, and may still say that the paper was signed', async () => {
  const workstation = await openTestWorkstation(folder);
  await leaseTo(workstation, 5);
  const { id: caseId } = await workstation.api.cases.register(caseInput());
  const { document } = await workstation.api.documents.issue({
    caseId,
    documentId: crypto.randomUUID(),
    kind: 'receipt',
    fields: { materials: '小票' },
  });
  const { documentId } = document;
  await workstation.running.parts.store.write((writer) => writer.deleteFrom('document_file').execute());
  const of = { caseId, documentId };
  await expect(workstation.api.documents.file({ ...of, variant: 'issued' })).rejects.toMatchObject({
    data: { rule: 'document-file-elsewhere' },
  });
  const paper = { manner: 'on-paper' as const, signers: ['consumer' as const], ...of };
  await expect(workstation.api.documents.sign({ ...paper, signedOn: '2999-01-01' })).rejects.toMatchObject({
    data: { rule: 'date-in-future' },
  });
  const view = await workstation.api.documents.sign({ ...paper, signedOn: document.issuedOn });
  expect(view.signed).toMatchObject({ manner: 'on-paper', sha256: null });
  const state = await loadState(workstation.running.parts.store.read, 'case', caseId);
  expect(state?.status).toBe('registered');
  await workstation.running.close();
});

it('only what fits the case is offered, and only with what it needs to be told', async () => {
  const workstation = await openTestWorkstation(folder);
  await leaseTo(workstation, 5);
  const { id: caseId } = await workstation.api.cases.register(caseInput());
  const offered = async () =>
    (await workstation.api.documents.forCase({ caseId })).issuable.map((one) => one.kind);
  expect(await offered()).toEqual(['receipt', 'identity-notice', 'dossier']);
  const ask = { caseId, documentId: crypto.randomUUID(), fields: {} };
  await expect(
    workstation.api.documents.issue({ ...ask, kind: 'settlement-agreement' }),
  ).rejects.toMatchObject({
    data: { rule: 'document-not-now' },
  });
  await expect(workstation.api.documents.issue({ ...ask, kind: 'identity-notice' })).rejects.toMatchObject({
    data: { rule: 'required', field: 'fields.dueOn' },
  });
  await workstation.api.cases.act({
    id: caseId,
    revision: 1,
    action: { step: 'case-accepted', payload: {} },
  });
  expect(await offered()).toEqual(['receipt', 'acceptance-notice', 'mediation-notice', 'dossier']);
  const settlement = { instrument: 'settlement-agreement' as const, terms: '退款', amountFen: 80_000 };
  await workstation.api.cases.act({
    id: caseId,
    revision: 2,
    action: { step: 'case-settled', payload: { ...settlement, performance: { kind: 'at-once' } } },
  });
  // What the last step calls for comes first.
  expect((await offered())[0]).toBe('settlement-agreement');
  await workstation.running.close();
});
