import { standingFiles } from '../../domain/restoration/index.ts';
import { keepFile, readFile } from '../evidence/index.ts';
import { logAccess, logFirstAccess } from '../kernel/access-log.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { loadState } from '../kernel/store/index.ts';
import { actOnRestoration, fileRestoration } from './commands.ts';
import { restorationDetail, restorationForm } from './detail.ts';
import { listRestorations } from './list.ts';
import { restorationPaper } from './papers.ts';

export const restorations = {
  list: os.restorations.list.handler(({ context, input }) => listRestorations(context, input)),
  get: os.restorations.get.handler(({ context, input }) => restorationDetail(context, input.id)),
  form: os.restorations.form.handler(({ context, input }) => restorationForm(context, input.merchantId)),
  keepFile: os.restorations.keepFile.handler(({ context, input }) => keepFile(context, input)),
  openFile: os.restorations.openFile.handler(async ({ context, input: { id, sha256 } }) => {
    const { workstation } = context;
    const state = await loadState(workstation.store.read, 'restoration', id);
    const found = state && standingFiles(state).find((one) => one.sha256 === sha256);
    if (!found) throw serviceError('NOT_FOUND');
    await logFirstAccess(context, { action: 'read', kind: 'restoration', id, what: 'evidence' });
    return readFile(context, id, found);
  }),
  reveal: os.restorations.reveal.handler(async ({ context, input: { id, reason } }) => {
    const state = await loadState(context.workstation.store.read, 'restoration', id);
    if (!state) throw serviceError('NOT_FOUND');
    await logAccess(context, { action: 'reveal', kind: 'restoration', id, reason });
    return { phone: state.handler.phone };
  }),
  paper: os.restorations.paper.handler(({ context, input }) =>
    restorationPaper(context, input.id, input.paper),
  ),
  file: os.restorations.file.handler(async ({ context, input }) => {
    await fileRestoration(context, input);
    return restorationDetail(context, input.restorationId);
  }),
  act: os.restorations.act.handler(async ({ context, input }) => {
    await actOnRestoration(context, input);
    return restorationDetail(context, input.id);
  }),
};
