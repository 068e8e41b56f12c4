import { sql } from 'kysely';
import { standingFiles } from '../../domain/restoration/index.ts';
import { capture } from '../evidence/index.ts';
import { logFirstAccess } from '../kernel/access-log.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { loadState } from '../kernel/store/index.ts';
import { actOnRestoration, fileRestoration } from './commands.ts';
import { restorationDetail, restorationForm } from './detail.ts';
import { listRestorations } from './list.ts';

export const restorations = {
  list: os.restorations.list.handler(({ context, input }) => listRestorations(context, input)),
  get: os.restorations.get.handler(({ context, input }) => restorationDetail(context, input.id)),
  form: os.restorations.form.handler(({ context, input }) => restorationForm(context, input.merchantId)),
  keepFile: os.restorations.keepFile.handler(
    async ({ context: { workstation }, input: { name, base64 } }) => {
      const body = (async function* () {
        yield Buffer.from(base64, 'base64');
      })();
      return capture(workstation.content, { name }, body, async ({ sha256, size, mediaType }) => {
        const at = workstation.clock().toISOString();
        await workstation.store.write((writer) =>
          sql`
          INSERT INTO evidence_content (sha256, size, held_at) VALUES (${sha256}, ${size}, ${at})
          ON CONFLICT (sha256) DO UPDATE SET held_at = coalesce(held_at, excluded.held_at)`.execute(writer),
        );
        return { sha256, size, mediaType };
      });
    },
  ),
  openFile: os.restorations.openFile.handler(async ({ context, input: { id, sha256 } }) => {
    const { workstation } = context;
    const state = await loadState(workstation.store.read, 'restoration', id);
    const found = state && standingFiles(state).find((one) => one.sha256 === sha256);
    if (!found) throw serviceError('NOT_FOUND');
    const { name, mediaType, size } = found;
    await logFirstAccess(context, { action: 'read', kind: 'restoration', id, what: 'evidence' });
    if (!(await workstation.content.has(sha256)))
      await workstation.downloads.fetch({ caseId: id, sha256, size, name });
    const pieces: Buffer[] = [];
    for await (const piece of workstation.content.read(sha256)) pieces.push(piece);
    return { name, mediaType, base64: Buffer.concat(pieces).toString('base64') };
  }),
  file: os.restorations.file.handler(async ({ context, input }) => {
    await fileRestoration(context, input);
    return restorationDetail(context, input.restorationId);
  }),
  act: os.restorations.act.handler(async ({ context, input }) => {
    await actOnRestoration(context, input);
    return restorationDetail(context, input.id);
  }),
};
