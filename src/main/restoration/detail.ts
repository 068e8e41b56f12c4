import type {
  RestorationCan,
  RestorationCandidate,
  RestorationDetail,
  RestorationForm,
  RestorationStep,
} from '../../contract/workstation/restoration.ts';
import { RESTORATION_NEEDS } from '../../contract/workstation/restoration.ts';
import { publicPaperAddress } from '../../domain/document/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import {
  agreedMatters,
  type Attachment,
  barOf,
  isAnswered,
  isConcludable,
  isOver,
  liveAsks,
  listedIn,
  type RestorationState,
  settingsOn,
} from '../../domain/restoration/index.ts';
import { restorationCode } from '../../protocol/restoration-code.ts';
import { sql } from 'kysely';
import { serviceError } from '../kernel/errors.ts';
import { officesOf } from '../kernel/offices.ts';
import { requireIdentity, type StaffContext, todayOf, type WorkstationParts } from '../kernel/parts.ts';
import { publicUrlOf } from '../kernel/public-url.ts';
import { loadState, loadStates } from '../kernel/store/index.ts';
import { timelineOf } from '../kernel/timeline.ts';
import { sanctionsById } from './commands.ts';
import { summariesOf } from './list.ts';

/** Which steps fit the application as it is, whoever takes them. */
function openSteps(state: RestorationState, own: string): Record<RestorationStep, boolean> {
  const { status } = state;
  const asked = liveAsks(state).some(
    ({ departmentPath, opinion }) => departmentPath === own && opinion === null,
  );
  const running = status === 'filed' || status === 'accepted';
  const over = isOver(state);
  return {
    'restoration-accepted': status === 'filed',
    'departments-asked': status === 'accepted',
    'opinion-given': asked && (status === 'accepted' || status === 'returned'),
    'restoration-returned': running,
    'restoration-completed': status === 'returned',
    'restoration-submitted': status === 'accepted' && isAnswered(state) && agreedMatters(state).length > 0,
    'restoration-concluded': isConcludable(state),
    'restoration-withdrawn': !over && state.outcomes.length === 0,
    'restoration-objected': state.objections.every(({ answer }) => answer !== null),
    'objection-answered': state.objections.some(({ answer }) => answer === null),
  };
}

function canOf({ staff }: StaffContext, state: RestorationState): RestorationCan {
  const { role, unitPath } = staff;
  const sides = {
    'restoration.file': covers(unitPath, state.unitPath),
    'restoration.handle': unitPath === state.windowPath || unitPath === `/${topOf(state.windowPath)}`,
    'restoration.review': true,
  };
  const open = openSteps(state, unitPath);
  const steps = Object.keys(RESTORATION_NEEDS) as RestorationStep[];
  // Of the very list of steps.
  return Object.fromEntries(
    steps.map((step) => {
      const needed = RESTORATION_NEEDS[step];
      return [step, state.erased === undefined && open[step] && sides[needed] && may(role, needed)];
    }),
  ) as RestorationCan;
}

/** One application, and what the signed-in person may do about it now. @throws NOT_FOUND */
export async function restorationDetail(context: StaffContext, id: string): Promise<RestorationDetail> {
  const { workstation } = context;
  const { directory, store } = workstation;
  const { unitPath: own } = requireIdentity(context);
  const state = await loadState(store.read, 'restoration', id);
  if (!state) throw serviceError('NOT_FOUND');
  const row = await store.read
    .selectFrom('restoration_row')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const [summary] = await summariesOf(context, [row]);
  if (summary === undefined) throw serviceError('NOT_FOUND');
  const asked = state.asks.map(({ departmentPath }) => departmentPath);
  const paths = [state.unitPath, state.windowPath, ...asked];
  return {
    state,
    summary,
    timeline: await timelineOf(workstation, 'restoration', id),
    settings: settingsOn(businessDay(state.filed.at)),
    unitNames: Object.fromEntries(paths.map((path) => [path, directory.nameOf(path)])),
    agreed: agreedMatters(state),
    ask:
      liveAsks(state).find(({ departmentPath, opinion }) => departmentPath === own && opinion === null) ??
      null,
    departments: officesOf(context, 'department').filter(({ path }) => !asked.includes(path)),
    can: canOf(context, state),
    inquiry: await inquiryOf(workstation, state),
    canReveal: state.erased === undefined && may(context.staff.role, 'restoration.reveal'),
  };
}

async function inquiryOf(
  { store }: WorkstationParts,
  { id, number }: Pick<RestorationState, 'id' | 'number'>,
): Promise<RestorationDetail['inquiry']> {
  const code = restorationCode(id);
  const publicUrl = await publicUrlOf(store.read);
  return { code, address: publicUrl === null ? null : publicPaperAddress(publicUrl, { number, code }) };
}

/** Files of earlier applications of a merchant, each once, the latest application's first. */
async function earlierAttachments(
  { workstation: { store } }: StaffContext,
  merchantId: string,
): Promise<Attachment[]> {
  const rows = await store.read
    .selectFrom('restoration_row')
    .select('id')
    .where('merchant_id', '=', merchantId)
    .orderBy('filed_at', 'desc')
    .limit(50)
    .execute();
  const states = await loadStates(
    store.read,
    rows.map(({ id }) => ({ kind: 'restoration', id })),
  );
  const all = [...states.values()].flatMap((one) =>
    one.kind === 'restoration' && one.state.erased === undefined ? one.state.attachments : [],
  );
  // A signature is given anew each time.
  const again = all.filter(({ kind }) => kind !== 'commitment');
  return [...new Map(again.map((one) => [one.sha256, one])).values()];
}

/** Whether the first type that fits can be asked about now. */
const rankOf = ({ types: [first], openIn }: RestorationCandidate): number =>
  openIn === null && first?.bar === null ? 0 : 1;

/** What the form of a merchant begins with: its records, each with why it can be asked about or not. @throws NOT_FOUND */
export async function restorationForm(context: StaffContext, merchantId: string): Promise<RestorationForm> {
  const { workstation } = context;
  const { read } = workstation.store;
  const merchant = await loadState(read, 'merchant', merchantId);
  if (!merchant) throw serviceError('NOT_FOUND');
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM stream WHERE kind = 'sanction' AND state ->> '$.merchantId' = ${merchantId} ORDER BY id`.execute(
    read,
  );
  const sanctions = [
    ...(
      await sanctionsById(
        read,
        rows.map(({ id }) => id),
      )
    ).values(),
  ];
  const credit = await loadState(read, 'credit', merchantId);
  const others = [...sanctions, ...listedIn(credit)];
  const day = todayOf(workstation);
  const settings = settingsOn(day);
  return {
    merchant: {
      id: merchant.id,
      name: merchant.name,
      creditCode: merchant.creditCode,
      unitName: workstation.directory.nameOf(merchant.unitPath),
    },
    // What can be asked about comes first, the latest before the others.
    candidates: sanctions
      .map((sanction): RestorationCandidate => {
        const { id, kind, class: of, organ, number, determinedOn, channel, text } = sanction;
        return {
          sanction: { id, kind, class: of, organ, number, determinedOn, channel, text },
          types: settings.types
            .filter(({ kinds }) => kinds.includes(kind))
            .map((type) => ({ code: type.code, bar: barOf(type, sanction, day, others) })),
          openIn: sanction.applied?.restorationId ?? null,
        };
      })
      .toSorted(
        (a, b) => rankOf(a) - rankOf(b) || (a.sanction.determinedOn < b.sanction.determinedOn ? 1 : -1),
      ),
    attachments: await earlierAttachments(context, merchantId),
    windows: officesOf(context, 'window'),
    settings,
  };
}
