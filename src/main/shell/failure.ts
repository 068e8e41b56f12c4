import { asStorageError, StorageError } from '../kernel/store/index.ts';
import { FolderInUse } from '../kernel/store/lock.ts';
import { translator } from '../kernel/translation/translate.ts';

/**
 * What the person at the desk reads when the application cannot start and no page can say why: the folder is in use, or cannot
 * be locked. What is wrong with the store, the page's start screen says. @param locale BCP 47, the system's
 */
export function startFailure(error: unknown, locale: string): { title: string; text: string } {
  const say = translator(locale.startsWith('zh') ? 'zh-CN' : 'en');
  const title = say('shell:failure.title');
  if (error instanceof FolderInUse) {
    const { holder } = error;
    const by = holder === null ? '' : `\n\n${say('shell:failure.inUseBy', { holder })}`;
    return { title, text: `${say('shell:failure.inUse')}${by}` };
  }
  const failure = asStorageError(error);
  if (failure instanceof StorageError) {
    if (failure.code === 'full' || failure.code === 'io' || failure.code === 'denied')
      return { title, text: say(`shell:failure.${failure.code}`) };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { title, text: `${say('shell:failure.other')}\n\n${detail}` };
}
