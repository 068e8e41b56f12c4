import { sql } from 'kysely';
import type { ShopSheet } from '../../contract/workstation/shop.ts';
import type { ExportFile, ExportFormat } from '../../contract/workstation/supervision.ts';
import type { CaseState } from '../../domain/case/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { maskName } from '../../domain/kernel/text/index.ts';
import type { ReturnState } from '../../domain/return/index.ts';
import { hoursToRefund, sheetOf, type ShopFigures } from '../../domain/shop/index.ts';
import type { StreamKind } from '../../domain/streams.ts';
import {
  type Report,
  type ReportTable,
  renderPdf,
  renderXlsx,
  markOf,
  shanghaiMinute,
} from '../exports/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadStates } from '../kernel/store/index.ts';
import { translator, type Translate } from '../kernel/translation/translate.ts';
import { familyOf } from '../merchant/index.ts';
import { merchantHere } from './desk.ts';

type Wanted = { merchantId: string; month: string };
type Records = { returns: ReturnState[]; cases: CaseState[] };

/** Every return and dispute of a merchant and of what is merged into it; registers of the past are not of any month here. */
async function recordsOf({ workstation }: StaffContext, merchantId: string): Promise<Records> {
  const { read } = workstation.store;
  const family = familyOf(merchantId);
  const { rows } = await sql<{ kind: StreamKind; id: string }>`
    SELECT 'return' AS kind, id FROM return_row WHERE merchant_id IN ${family}
    UNION ALL SELECT 'case', id FROM case_row WHERE merchant_id IN ${family} AND historical = 0`.execute(
    read,
  );
  const states = [...(await loadStates(read, rows)).values()];
  return {
    returns: states.flatMap((one) => (one.kind === 'return' ? [one.state] : [])),
    cases: states.flatMap((one) => (one.kind === 'case' ? [one.state] : [])),
  };
}

function figuresOf({ workstation }: StaffContext, { returns, cases }: Records, month: string): ShopFigures {
  const { directory } = workstation;
  return sheetOf(returns, cases, month, {
    levelOf: directory.levelOf,
    isRegulator: (path) => directory.partyOf(path) === 'regulator',
  });
}

/** A month's figures of one of the unit's merchants. @throws NOT_FOUND for another unit's */
export async function shopSheet(context: StaffContext, { merchantId, month }: Wanted): Promise<ShopSheet> {
  const { name } = await merchantHere(context, merchantId);
  const records = await recordsOf(context, merchantId);
  return { month, merchantId, name, figures: figuresOf(context, records, month) };
}

/**
 * The month as a file, in the language of the workstation: its figures, and what they were counted from. Names are masked, and the
 * export is logged first: no file without its entry. @throws NOT_FOUND for another unit's merchant
 */
export async function exportSheet(
  context: StaffContext,
  { format, merchantId, month }: Wanted & { format: ExportFormat },
): Promise<ExportFile> {
  const { workstation, staff } = context;
  const { name } = await merchantHere(context, merchantId);
  const records = await recordsOf(context, merchantId);
  const { language } = workstation.settings();
  const say = translator(language);
  const at = workstation.clock().toISOString();
  const title = `${say('shop:sheet.title')} ${month}`;
  const report: Report = {
    title: `${name} · ${title}`,
    fileName: `${say('shop:sheet.title')}-${month}-${todayOf(workstation)}`,
    language,
    mark: markOf(staff.name, workstation.directory.nameOf(staff.unitPath), at),
    about: [
      [say('exports:about.unit'), workstation.directory.nameOf(staff.unitPath)],
      [say('exports:about.period'), month],
      [say('exports:about.at'), shanghaiMinute(at)],
      [say('exports:about.by'), staff.name],
    ],
    tables: [
      figuresTable(say, figuresOf(context, records, month)),
      returnsTable(say, records.returns, month),
      disputesTable(say, records.cases, month),
    ],
    notes: [say('shop:sheet.measured'), say('exports:notes.masked')],
  };
  const rows = report.tables.reduce((sum, table) => sum + table.rows.length, 0);
  await logAccess(context, {
    action: 'export',
    kind: 'merchant',
    id: merchantId,
    what: [say('shop:sheet.title'), format, month, `${rows}`].join(' | '),
  });
  const bytes = format === 'xlsx' ? await renderXlsx(report) : await renderPdf(report, at);
  return {
    fileName: `${report.fileName}.${format}`,
    mediaType:
      format === 'pdf'
        ? 'application/pdf'
        : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    base64: Buffer.from(bytes).toString('base64'),
  };
}

function figuresTable(say: Translate, figures: ShopFigures): ReportTable {
  const { refundedFen, medianHours, longestHours, ...counts } = figures;
  const hours = (value: number | null): number | null =>
    value === null ? null : Math.round(value * 10) / 10;
  return {
    heading: say('shop:sheet.figures'),
    columns: [
      { title: say('shop:sheet.figure'), kind: 'text', width: 30 },
      { title: say('shop:sheet.value'), kind: 'number', width: 16 },
    ],
    rows: [
      ...(['requested', 'granted', 'refused', 'waiting'] as const).map((name) => [
        say(`shop:figures.${name}`),
        counts[name],
      ]),
      [say('shop:figures.refundedFen'), refundedFen / 100],
      [say('shop:figures.medianHours'), hours(medianHours)],
      [say('shop:figures.longestHours'), hours(longestHours)],
      ...(['disputes', 'ended', 'settled', 'settledAtSource'] as const).map((name) => [
        say(`shop:figures.${name}`),
        counts[name],
      ]),
    ],
    empty: say('shop:sheet.empty'),
  };
}

function returnsTable(say: Translate, returns: readonly ReturnState[], month: string): ReportTable {
  const within = (day: string | null): boolean => day?.slice(0, 7) === month;
  const counted = returns.filter(
    ({ request, refundedOn, decidedAt }) =>
      within(request.requestedOn) ||
      within(refundedOn ?? (decidedAt === null ? null : businessDay(decidedAt))),
  );
  return {
    heading: say('shop:sheet.returns'),
    columns: [
      { title: say('shop:sheet.number'), kind: 'text', width: 20 },
      { title: say('shop:sheet.goods'), kind: 'text', width: 22 },
      { title: say('shop:sheet.consumer'), kind: 'text', width: 10 },
      { title: say('shop:sheet.amount'), kind: 'yuan', width: 12 },
      { title: say('shop:sheet.requestedOn'), kind: 'day', width: 12 },
      { title: say('shop:sheet.decided'), kind: 'text', width: 10 },
      { title: say('shop:sheet.refundedOn'), kind: 'day', width: 12 },
      { title: say('shop:sheet.refund'), kind: 'yuan', width: 12 },
      { title: say('shop:sheet.hours'), kind: 'days', width: 10 },
    ],
    rows: counted
      .toSorted((a, b) => (a.request.requestedOn + a.number < b.request.requestedOn + b.number ? -1 : 1))
      .map((one) => [
        one.number,
        one.request.goodsName,
        maskName(one.consumer.name),
        one.request.amountFen,
        one.request.requestedOn,
        say(`shop:decision.${one.status}`),
        one.refundedOn,
        one.refundFen,
        hoursToRefund(one),
      ]),
    empty: say('shop:sheet.empty'),
  };
}

function disputesTable(say: Translate, cases: readonly CaseState[], month: string): ReportTable {
  const within = (instant: string | null): boolean =>
    instant !== null && businessDay(instant).slice(0, 7) === month;
  return {
    heading: say('shop:sheet.disputes'),
    columns: [
      { title: say('shop:sheet.number'), kind: 'text', width: 20 },
      { title: say('shop:sheet.registered'), kind: 'instant', width: 17 },
      { title: say('shop:sheet.consumer'), kind: 'text', width: 10 },
      { title: say('shop:sheet.amount'), kind: 'yuan', width: 12 },
      { title: say('shop:sheet.status'), kind: 'text', width: 14 },
      { title: say('shop:sheet.outcome'), kind: 'instant', width: 17 },
    ],
    rows: cases
      .filter(({ registeredAt, outcomeAt }) => within(registeredAt) || within(outcomeAt))
      .toSorted((a, b) => Date.parse(a.registeredAt) - Date.parse(b.registeredAt))
      .map((one) => [
        one.number,
        one.registeredAt,
        maskName(one.consumer.name),
        one.amountFen,
        say(`cases:status.${one.status}`),
        one.outcomeAt,
      ]),
    empty: say('shop:sheet.empty'),
  };
}
