import { FolderInUse } from '../store/lock.ts';
import english from './messages/en.ts';
import chinese from './messages/zh-CN.ts';

/** What the person at the desk reads when the application cannot start. @param locale BCP 47, the system's */
export function startFailure(error: unknown, locale: string): { title: string; text: string } {
  const words = locale.startsWith('zh') ? chinese : english;
  if (error instanceof FolderInUse) return { title: words.title, text: words.inUse };
  if (isFull(error)) return { title: words.title, text: words.full };
  const detail = error instanceof Error ? error.message : String(error);
  return { title: words.title, text: `${words.other}\n\n${detail}` };
}

/** The store's own word for a full disk, or the system's. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'full' || error.code === 'ENOSPC');
}
