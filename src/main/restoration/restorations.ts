import { sql } from 'kysely';
import { capture } from '../evidence/index.ts';
import { os } from '../kernel/implementer.ts';
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
  file: os.restorations.file.handler(async ({ context, input }) => {
    await fileRestoration(context, input);
    return restorationDetail(context, input.restorationId);
  }),
  act: os.restorations.act.handler(async ({ context, input }) => {
    await actOnRestoration(context, input);
    return restorationDetail(context, input.id);
  }),
};
