import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { createContext, useContext, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import type { Settings } from '../../../contract/workstation/settings.ts';
import { api } from '../api/client.ts';
import { asApiError } from '../api/errors.ts';
import { changeLanguage } from './i18n.ts';
import { pageColours, themeOf } from './theme.ts';
import { useStill } from './use-still.ts';

type Preferences = { settings: Settings; change(changes: Partial<Settings>): Promise<void> };

const Context = createContext<Preferences | null>(null);

/** How this workstation looks, and the means to change it; kept by the workstation. */
export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (preferences === null) throw new Error('usePreferences outside PreferencesProvider');
  return preferences;
}

export function PreferencesProvider({ initial, children }: { initial: Settings; children: ReactNode }) {
  const [settings, setSettings] = useState(initial);
  const still = useStill();
  const preferences = useMemo<Preferences>(
    () => ({
      settings,
      change: async (changes) => {
        const next = await api.settings.set(changes).catch((error: unknown) => {
          // Nothing can be kept while the store does not open; the screen that says so is still to be read.
          if (asApiError(error).code !== 'STORAGE_DAMAGED') throw error;
          return { ...settings, ...changes };
        });
        if (next.language !== settings.language) await changeLanguage(next.language);
        setSettings(next);
      },
    }),
    [settings],
  );
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    for (const [name, colour] of Object.entries(pageColours(settings))) style.setProperty(name, colour);
    style.colorScheme = settings.theme === 'dark' ? 'dark' : 'light';
  }, [settings]);
  return (
    <Context value={preferences}>
      <ConfigProvider
        // Two characters stay one word, on the screen and to a screen reader.
        button={{ autoInsertSpace: false }}
        locale={settings.language === 'en' ? enUS : zhCN}
        theme={themeOf(settings, still)}
        // The ripple of a button has times of its own, which the theme's do not still.
        wave={{ disabled: still }}
      >
        <AntdApp className="heshi-full-height">{children}</AntdApp>
      </ConfigProvider>
    </Context>
  );
}
