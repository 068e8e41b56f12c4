import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { commitmentClauses, settingsOn } from '../../src/domain/restoration/index.ts';
import { repairOutlook, shippedRegimes } from '../../src/domain/sanction/index.ts';
import { drawRepairNotice, type RepairNotice } from '../../src/main/document/papers/repair-notice.ts';
import {
  type ApplicationPaper,
  type CommitmentLetter,
  drawApplication,
  drawCommitment,
} from '../../src/main/document/papers/restoration-paper.ts';
import { restorationCode } from '../../src/protocol/restoration-code.ts';
import { form, matter, SHA } from '../domain/restoration/samples.ts';
import { recorded, stateOf, typed } from '../domain/sanction/samples.ts';
import { faultsOf, pagesOf, plainTextOf, pngOfPage } from '../support/poppler.ts';

const SHOW = process.env['HESHI_SHOW_PAPERS'];
const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

async function show(name: string, bytes: Uint8Array): Promise<void> {
  if (SHOW === undefined) return;
  await mkdir(SHOW, { recursive: true });
  for (let page = 1; page <= (await pagesOf(bytes)).length; page += 1)
    await writeFile(join(SHOW, `${name}-${page}.png`), await pngOfPage(bytes, page));
}

async function expectSound(bytes: Uint8Array, pages: number): Promise<void> {
  expect(await faultsOf(bytes)).toBe('');
  expect(await pagesOf(bytes)).toHaveLength(pages);
}

/** A picture with see-through ground and a line across it, as the field to sign in makes one. */
function signature(): Uint8Array {
  const [width, height] = [120, 40];
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let x = 10; x < 110; x += 1) {
    const y = 20 + Math.round(12 * Math.sin(x / 9));
    for (const thick of [0, 1]) rows.set([11, 31, 107, 255], (y + thick) * (width * 4 + 1) + 1 + x * 4);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const part = (name: string, data: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    // Readers of papers do not check the sum.
    return Buffer.concat([size, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    magic,
    part('IHDR', head),
    part('IDAT', deflateSync(rows)),
    part('IEND', Buffer.alloc(0)),
  ]);
}

const settings = settingsOn('2026-09-15');
const {
  merchantPath: _path,
  commitments: _commitments,
  ...filed
} = form({
  creditCode: '91330203MA2XXXX01A',
  attachments: [
    { sha256: SHA, size: 1000, mediaType: 'application/pdf', kind: 'performance', name: '缴款凭证.pdf' },
    { sha256: 'b'.repeat(64), size: 900, mediaType: 'image/png', kind: 'commitment', name: '承诺书签名.png' },
  ],
});
const paper: ApplicationPaper = {
  ...filed,
  filedAt: '2026-09-15T02:00:00.000Z',
  windowName: '海信服专窗（虚构）',
  code: restorationCode('r-1'),
  publicUrl: 'https://heshi.example',
  signature: signature(),
  onPaper: false,
  types: Object.fromEntries(settings.types.map(({ code, name }) => [code, name])),
};
const letterOf = (over: Partial<CommitmentLetter> = {}): CommitmentLetter => {
  const { attachments: _files, windowName: _window, types: _types, ...common } = paper;
  return {
    ...common,
    matter: matter(),
    version: 1,
    clauses: commitmentClauses(1, 'penalty'),
    signedBy: '张三',
    signedOn: '2026-09-15',
    ...over,
  };
};

describe('the paper of an application for credit repair', () => {
  it('has the head once, a row for each matter, and the files by the short form of their hash', async () => {
    const bytes = await drawApplication(paper);
    await show('application', bytes);
    const text = squeezed(await plainTextOf(bytes));
    for (const said of [
      '信用修复申请表',
      'S001-X2026-1-0001',
      paper.code,
      '91330203MA2XXXX01A',
      '张三',
      '李四',
      '10012345678',
      '授权委托书',
      '海信服专窗（虚构）',
      '行政处罚信息修复',
      '虚市监处罚〔2026〕12号类别：一般',
      '2026年5月6日',
      '信用中国网站',
      '缴款凭证.pdf',
      'AAAAAAAAAAAA',
      'BBBBBBBBBBBB',
      '公共查询页',
    ])
      expect(text).toContain(squeezed(said));
    await expectSound(bytes, 1);
    expect(Buffer.from(await drawApplication(paper)).equals(Buffer.from(bytes))).toBe(true);
    // Without its signature it is the same paper with an empty place.
    const unsigned = await drawApplication({ ...paper, signature: null });
    expect(squeezed(await plainTextOf(unsigned))).toBe(text);
    expect(unsigned).not.toEqual(bytes);
  });

  it('holds twenty matters and sixty files, and keeps the places to sign with the statement', async () => {
    const attachments = Array.from({ length: 60 }, (_, place) => ({
      sha256: place.toString(16).padStart(64, '0'),
      size: 1,
      mediaType: 'application/pdf' as const,
      kind: 'other' as const,
      name: `材料${place + 1}-${'长'.repeat(40)}.pdf`,
    }));
    const matters = Array.from({ length: 20 }, (_, place) =>
      matter({ matterId: `k-${place}`, number: `虚市监处罚〔2026〕${place + 1}号`, proofs: [] }),
    );
    const bytes = await drawApplication({ ...paper, attachments, matters, publicUrl: null });
    await show('application-long', bytes);
    expect(await faultsOf(bytes)).toBe('');
    const text = squeezed(await plainTextOf(bytes));
    for (const said of ['虚市监处罚〔2026〕20号', '材料60', '申请人签名（盖章）'])
      expect(text).toContain(said);
    const last = (await pagesOf(bytes)).length;
    expect(last).toBeGreaterThan(1);
  });
});

describe('the commitment letter', () => {
  it('names the decision, says each clause of the version that was signed, and bears the signature', async () => {
    const bytes = await drawCommitment(letterOf());
    await show('commitment', bytes);
    const text = squeezed(await plainTextOf(bytes));
    for (const said of [
      '信用修复承诺书',
      'S001-X2026-1-0001-1',
      '91330203MA2XXXX01A',
      '虚市监处罚〔2026〕12号',
      '虚构市场监督管理局',
      '1. 已纠正失信行为',
      '材料真实、合法、有效、完整',
      '6. 同意将本承诺书向社会公布',
      '法定代表人（经营者）：张三',
      '文本第1版',
      paper.code,
    ])
      expect(text).toContain(squeezed(said));
    await expectSound(bytes, 1);
    expect(Buffer.from(await drawCommitment(letterOf())).equals(Buffer.from(bytes))).toBe(true);
  });

  it('of an appeal commits to true grounds and admits nothing; one signed on paper says where the signature is', async () => {
    const appeal = letterOf({
      matter: matter({ type: 'appeal' }),
      clauses: commitmentClauses(1, 'appeal'),
      signature: null,
      onPaper: true,
    });
    const bytes = await drawCommitment(appeal);
    await show('commitment-appeal', bytes);
    const text = squeezed(await plainTextOf(bytes));
    for (const said of ['提出异议申诉', '事实和理由真实', '签名见所附纸质件']) expect(text).toContain(said);
    expect(text).not.toContain('已纠正失信行为');
    await expectSound(bytes, 1);
  });

  it('has clauses for every type of matter', () => {
    for (const { code } of settings.types)
      expect(commitmentClauses(settings.commitment.version, code).length).toBeGreaterThan(4);
    expect(commitmentClauses(99, 'penalty')).toEqual([]);
  });
});

function noticeOf(over: Parameters<typeof typed>[0]): RepairNotice {
  const record = stateOf(recorded(typed(over)));
  const { limits, contact, types } = settings;
  return {
    record: { ...record, duties: record.duties.map(({ text }) => text) },
    ...repairOutlook(record, shippedRegimes),
    proofs: types.find(({ kinds }) => kinds.includes(record.kind))?.proofs ?? [],
    limits,
    windows: ['海信服专窗（虚构）'],
    contact,
    organisation: '虚构区市场监督管理局',
    day: '2026-05-08',
  };
}

describe('the notice that goes along with a decision', () => {
  it('says class, minimum, maximum, duties, how to apply, and where, on one page', async () => {
    const notice = noticeOf({});
    const bytes = await drawRepairNotice(notice);
    await show('repair-notice', bytes);
    const text = squeezed(await plainTextOf(bytes));
    for (const said of [
      '信用修复告知书',
      '虚构服饰店：',
      '虚市监处罚〔2026〕12号',
      '一般',
      '自2026年8月7日起可以申请信用修复',
      '至2027年5月6日',
      '1. 缴纳罚款',
      '履行义务证明',
      '30分钟',
      '2个工作日',
      '海信服专窗（虚构）',
      '0574-81890',
      '与决定文书一并送达',
    ])
      expect(text).toContain(squeezed(said));
    await expectSound(bytes, 1);
    expect(Buffer.from(await drawRepairNotice(notice)).equals(Buffer.from(bytes))).toBe(true);
  });

  it('promises no repair where a rule bars it, and no day where nobody knows one', async () => {
    const barred = await drawRepairNotice(
      noticeOf({
        channel: 'gsxt',
        determinedOn: '2024-05-06',
        publishedOn: '2024-05-20',
        measures: ['suspension'],
      }),
    );
    await show('repair-notice-barred', barred);
    const text = squeezed(await plainTextOf(barred));
    expect(text).toContain('不能申请提前停止公示');
    expect(text).not.toContain('信用修复承诺书（每一决定一份）');
    const look = await drawRepairNotice(noticeOf({ kind: 'severe-listing', class: null, measures: [] }));
    await show('repair-notice-look', look);
    const said = squeezed(await plainTextOf(look));
    for (const part of ['列入严重失信主体名单的决定', '须由本单位核对后告知', '不分类'])
      expect(said).toContain(part);
    expect(said).not.toContain('起可以申请信用修复');
    await expectSound(look, 1);
  });
});
