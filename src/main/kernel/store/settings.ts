import type { Settings } from '../../../contract/workstation/settings.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { Reader, Writer } from './store.ts';

const defaults: Settings = {
  language: 'zh-CN',
  density: 'comfortable',
  theme: 'light',
  undoSeconds: 30,
  lockMinutes: 10,
};

/** How this workstation looks and which language it speaks; what nobody has set is as shipped. */
export async function readSettings(from: Reader | Writer): Promise<Settings> {
  const text = await readMeta(from, 'settings');
  return { ...defaults, ...(text === null ? {} : (JSON.parse(text) as Partial<Settings>)) };
}

export async function writeSettings(writer: Writer, settings: Settings): Promise<void> {
  await writeMeta(writer, 'settings', JSON.stringify(settings));
}
