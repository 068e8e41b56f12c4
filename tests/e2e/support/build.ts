import { ensureRenderer } from '../../../tools/build-renderer.ts';

/** The browser tests try the screens as their sources are now, however they are started. */
export async function setup(): Promise<void> {
  await ensureRenderer();
}
