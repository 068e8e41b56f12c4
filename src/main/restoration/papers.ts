import type { DocumentFile } from '../../contract/workstation/document.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import {
  type Commitment,
  commitmentClauses,
  type RestorationState,
  settingsOn,
  standingFiles,
} from '../../domain/restoration/index.ts';
import { restorationCode } from '../../protocol/restoration-code.ts';
import { drawApplication, drawCommitment, fileOf } from '../document/index.ts';
import { readFile } from '../evidence/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { serviceError } from '../kernel/errors.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { publicUrlOf } from '../kernel/public-url.ts';
import { loadState, RuleRefused } from '../kernel/store/index.ts';

type Asked = { kind: 'application' } | { kind: 'commitment'; matterId: string };

const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg']);

/** The picture of a signature that was written on a screen; null where it is none, or cannot be had now. */
async function pictureOf(
  context: StaffContext,
  state: RestorationState,
  { how, signature }: Pick<Commitment, 'how' | 'signature'>,
): Promise<Uint8Array | null> {
  const file = standingFiles(state).find(({ sha256 }) => sha256 === signature);
  if (how !== 'screen' || file === undefined || !PICTURES.has(file.mediaType)) return null;
  // An empty place to sign is better than no paper: without a line it is signed by hand.
  return readFile(context, state.id, file).then(
    ({ base64 }) => Buffer.from(base64, 'base64'),
    () => null,
  );
}

async function commonOf(context: StaffContext, state: RestorationState, commitment: Commitment | undefined) {
  const { id, number, merchantName, creditCode, representative, handler, channel, matters, filed } = state;
  return {
    number,
    merchantName,
    creditCode,
    representative,
    handler,
    channel,
    matters,
    filedAt: filed.at,
    code: restorationCode(id),
    publicUrl: await publicUrlOf(context.workstation.store.read),
    signature: commitment === undefined ? null : await pictureOf(context, state, commitment),
    onPaper: commitment?.how === 'paper',
  };
}

/** The application, or the commitment about one of its matters, as a PDF. Booked before it is drawn. @throws NOT_FOUND; RULE */
export async function restorationPaper(
  context: StaffContext,
  id: string,
  asked: Asked,
): Promise<DocumentFile> {
  const { workstation } = context;
  const state = await loadState(workstation.store.read, 'restoration', id);
  if (!state) throw serviceError('NOT_FOUND');
  if (state.erased !== undefined) throw new RuleRefused({ rule: 'record-erased' });
  const { kind } = asked;
  await logAccess(context, { action: 'print', kind: 'restoration', id, what: kind });
  if (asked.kind === 'commitment') return commitmentOf(context, state, asked.matterId);
  const { types } = settingsOn(businessDay(state.filed.at));
  const bytes = await drawApplication({
    ...(await commonOf(context, state, state.commitments[0])),
    attachments: state.attachments,
    windowName: workstation.directory.nameOf(state.windowPath),
    types: Object.fromEntries(types.map(({ code, name }) => [code, name])),
  });
  return fileOf(state.number, bytes);
}

async function commitmentOf(
  context: StaffContext,
  state: RestorationState,
  matterId: string,
): Promise<DocumentFile> {
  const place = state.matters.findIndex((one) => one.matterId === matterId);
  const matter = state.matters[place];
  const commitment = state.commitments.find((one) => one.commitmentId === matter?.commitmentId);
  if (matter === undefined || commitment === undefined)
    throw new RuleRefused({ rule: 'restoration-matter-unknown', field: 'paper.matterId' });
  const { version, signedBy, signedOn } = commitment;
  const clauses = commitmentClauses(version, matter.type);
  // A text that this release does not know is not made up.
  if (clauses.length === 0) throw new RuleRefused({ rule: 'restoration-commitment-version' });
  const bytes = await drawCommitment({
    ...(await commonOf(context, state, commitment)),
    matter,
    version,
    clauses,
    signedBy,
    signedOn: signedOn ?? businessDay(state.filed.at),
  });
  return fileOf(`${state.number}-${place + 1}`, bytes);
}
