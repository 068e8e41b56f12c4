import { crc32, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeText } from '../../src/main/imports/reading/decode.ts';
import { readTable } from '../../src/main/imports/reading/table.ts';
import { startThread, THREAD_FILE } from '../../src/main/imports/worker/thread.ts';

const TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`;
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relationships = (type: string, target: string): string =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/${type}" Target="${target}"/></Relationships>`;
const WORKBOOK = `<?xml version="1.0"?><workbook xmlns:r="${RELATIONSHIPS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** A packed file of these parts; `claimed` says instead how large they are said to be. */
function packed(parts: Record<string, Buffer | string>, claimed?: number): Uint8Array<ArrayBuffer> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content);
    const small = deflateRawSync(data, { level: 9 });
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(8, 4);
    header.writeUInt32LE(crc32(data), 10);
    header.writeUInt32LE(small.length, 14);
    header.writeUInt32LE(claimed ?? data.length, 18);
    header.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), header, Buffer.from(name), small]);
    files.push(local);
    const central = Buffer.alloc(16);
    central.writeUInt32LE(offset, 12);
    directory.push(
      Buffer.concat([
        Buffer.from('PK\u0001\u0002'),
        Buffer.from([20, 0]),
        header.subarray(0, 24),
        Buffer.from([0, 0]),
        central.subarray(2, 16),
        Buffer.from(name),
      ]),
    );
    offset += local.length;
  }
  const all = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(all.length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...files, all, Buffer.from('PK\u0005\u0006'), end]));
}

function workbookOf(sheet: Buffer | string, claimed?: number): Uint8Array<ArrayBuffer> {
  return packed(
    {
      '[Content_Types].xml': TYPES,
      '_rels/.rels': relationships('officeDocument', 'xl/workbook.xml'),
      'xl/workbook.xml': WORKBOOK,
      'xl/_rels/workbook.xml.rels': relationships('worksheet', 'worksheets/sheet1.xml'),
      'xl/worksheets/sheet1.xml': sheet,
    },
    claimed,
  );
}

const rowsOf = (count: number): string =>
  Array.from({ length: count }, (_, row) => `<row><c t="str"><v>${row}</v></c><c><v>1</v></c></row>`).join(
    '',
  );
const sheetOf = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

/** Seconds that this process has computed: on a busy machine that says more than a clock. */
function computedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

test('a file that unfolds to hundreds of times its size is refused before it does', async () => {
  // A part of it is enough: it is refused long before its end.
  const part = Buffer.alloc(48 * 1024 * 1024, '<row/>');
  const bomb = workbookOf(Buffer.concat([Buffer.from('<worksheet><sheetData>'), part]));
  expect(bomb.length).toBeLessThan(100 * 1024);
  const before = process.memoryUsage.rss();
  const started = process.cpuUsage();
  expect(await readTable(bomb, 'bomb.xlsx')).toMatchObject({ error: { rule: 'unpacks-too-far' } });
  expect(computedSince(started)).toBeLessThan(2);
  expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
});

test('what a file claims to unfold to does not matter, only what comes out', async () => {
  const sound = sheetOf(`<row><c t="str"><v>商户名称</v></c><c t="str"><v>地址</v></c></row>${rowsOf(3)}`);
  expect(await readTable(workbookOf(sound), 'a.xlsx')).toMatchObject({ ok: true });
  expect(await readTable(workbookOf(sound, 10), 'a.xlsx')).toMatchObject({ error: { rule: 'damaged-xlsx' } });
});

test('a part that ends too soon is damage, not the end of the rows', async () => {
  const cut = '<worksheet><sheetData><row><c t="str"><v>商户名称</v></c></row><row><c><v>1';
  expect(await readTable(workbookOf(cut), 'a.xlsx')).toMatchObject({ error: { rule: 'damaged-xlsx' } });
});

test('more rows than are taken are refused, of text before it is read', async () => {
  const lines = Buffer.alloc(1_000_001 * 4, '1,2\n');
  const started = process.cpuUsage();
  expect(await readTable(lines, 'a.csv')).toMatchObject({
    error: { rule: 'too-many-rows', parameters: { limit: 200_000 } },
  });
  expect(computedSince(started)).toBeLessThan(1);
  // Of a workbook only as many as it takes to know.
  const rows = '<row><c><v>1</v></c></row>'.repeat(200_010);
  expect(await readTable(workbookOf(sheetOf(rows)), 'a.xlsx')).toMatchObject({
    error: { rule: 'too-many-rows' },
  });
});

test('a file in an encoding of elsewhere is refused by its name, and one of here is not', () => {
  const foreign: [string, number[]][] = [
    ['Latin-1', [...Buffer.from('name,place\nM\u00fcller,Espa\u00f1a norte\n', 'latin1')]],
    // 商戶名稱,地址 / 臺灣茶行,臺北市中山路 as Big5 has them.
    [
      'Big5',
      [
        0xb0, 0xd3, 0xa4, 0xe1, 0xa6, 0x57, 0xba, 0xd9, 0x2c, 0xa6, 0x61, 0xa7, 0x7d, 0x0a, 0xbb, 0x4f, 0xc6,
        0x57, 0xaf, 0xf9, 0xa6, 0xe6, 0x2c, 0xbb, 0x4f, 0xa5, 0x5f, 0xa5, 0xab, 0xa4, 0xa4, 0xa4, 0x73, 0xb8,
        0xf4, 0x0a,
      ],
    ],
  ];
  for (const [encoding, bytes] of foreign) {
    expect(decodeText(new Uint8Array(bytes))).toMatchObject({
      ok: false,
      error: { rule: 'foreign-encoding', parameters: { encoding } },
    });
  }
  // 商户名称,地址 and two shops with a Latin letter beside their characters, as GBK has them.
  const chinese = [
    0xc9, 0xcc, 0xbb, 0xa7, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb5, 0xd8, 0xd6, 0xb7, 0x0a, 0x41, 0xb5, 0xea,
    0x42, 0x2c, 0xd2, 0xbb, 0xc2, 0xa5, 0x0a,
  ];
  expect(decodeText(new Uint8Array(chinese))).toMatchObject({ ok: true, value: { encoding: 'gb18030' } });
});

test('a file is read in a thread of its own, which tells how far it is, and is gone when it is closed', async () => {
  const header = '<row><c t="str"><v>商户名称</v></c><c t="str"><v>地址</v></c></row>';
  const thread = startThread(THREAD_FILE, workbookOf(sheetOf(header + rowsOf(3000))), 'a.xlsx');
  expect(await thread.ask('read', { sheets: null })).toMatchObject({ shape: expect.any(String) });
  expect(thread.rowsRead()).toBe(3000);
  expect(await thread.ask('judge', { mapping: null, today: '2026-06-30', language: 'zh-CN' })).toMatchObject({
    rows: 3000,
    accepted: 3000,
  });
  expect(await thread.ask('rows', { from: 2999, count: 5 })).toMatchObject([{ row: 3001 }]);
  await thread.close();
  await expect(thread.ask('rows', { from: 0, count: 1 })).rejects.toThrow('closed');
});
