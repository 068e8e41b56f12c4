import { FolderInUse } from '../kernel/store/lock.ts';
import { translator } from '../kernel/translation/translate.ts';

/** What the person at the desk reads when the application cannot start. @param locale BCP 47, the system's */
export function startFailure(error: unknown, locale: string): { title: string; text: string } {
  const say = translator(locale.startsWith('zh') ? 'zh-CN' : 'en');
  const title = say('shell:failure.title');
  if (error instanceof FolderInUse) return { title, text: say('shell:failure.inUse') };
  if (isFull(error)) return { title, text: say('shell:failure.full') };
  const detail = error instanceof Error ? error.message : String(error);
  return { title, text: `${say('shell:failure.other')}\n\n${detail}` };
}

/** The store's own word for a full disk, or the system's. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'full' || error.code === 'ENOSPC');
}
