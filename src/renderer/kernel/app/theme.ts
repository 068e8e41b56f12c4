import { theme, type ThemeConfig } from 'antd';
import type { Settings } from '../../../contract/workstation/settings.ts';

/** Ink on paper, one accent (a seal's cinnabar is kept for what is overdue). */
const INK = '#1f2a37';
const PAPER = '#faf8f4';
const ACCENT = '#1d5c63';
const CINNABAR = '#b3261e';
const MOSS = '#2f6b3a';
const OCHRE = '#8a5a00';

const FONTS =
  "'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', system-ui, sans-serif";

const SIZES: Record<Settings['density'], { fontSize: number; controlHeight: number }> = {
  // antd's compact algorithm takes a step off both; below 12 pixels Chinese is hard to read.
  compact: { fontSize: 14, controlHeight: 30 },
  comfortable: { fontSize: 14, controlHeight: 32 },
  large: { fontSize: 17, controlHeight: 42 },
};

/**
 * The few colours that our own style sheet needs, as CSS variables of the page: the accent of focus and current
 * rows, its soft shade behind text, the paper behind everything, and the line around a chip.
 */
export function pageColours({ theme: look }: Pick<Settings, 'theme'>): Record<`--heshi-${string}`, string> {
  if (look === 'dark')
    return {
      '--heshi-accent': '#6fc0c8',
      '--heshi-accent-soft': '#16282b',
      '--heshi-paper': '#000000',
      '--heshi-line': '#4c5763',
    };
  const contrast = look === 'high-contrast';
  return {
    '--heshi-accent': contrast ? '#000000' : ACCENT,
    '--heshi-accent-soft': '#e1ecec',
    '--heshi-paper': contrast ? '#ffffff' : PAPER,
    '--heshi-line': contrast ? '#000000' : '#8b949e',
  };
}

/**
 * antd's theme from the workstation's settings: the only place where colours and sizes are decided. `still` is for who has asked
 * their system to move nothing.
 */
export function themeOf({ density, theme: look }: Settings, still = false): ThemeConfig {
  const dark = look === 'dark';
  const contrast = look === 'high-contrast';
  return {
    algorithm: [
      dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
      ...(density === 'compact' ? [theme.compactAlgorithm] : []),
    ],
    token: {
      motion: !still,
      ...SIZES[density],
      fontFamily: FONTS,
      borderRadius: 4,
      colorPrimary: dark ? '#4fa3ab' : ACCENT,
      colorLink: dark ? '#6fc0c8' : ACCENT,
      colorError: dark ? '#ff8a80' : CINNABAR,
      colorSuccess: dark ? '#7bc58a' : MOSS,
      colorWarning: dark ? '#e0b050' : OCHRE,
      ...(dark
        ? {
            colorInfo: '#6fc0c8',
            colorTextSecondary: '#c3cad2',
            colorTextTertiary: '#aab3bd',
            colorTextPlaceholder: '#98a2ad',
            colorTextDescription: '#b4bcc6',
          }
        : {
            colorText: contrast ? '#000000' : INK,
            colorTextSecondary: contrast ? '#000000' : '#4a5563',
            colorTextTertiary: contrast ? '#1a1a1a' : '#5b6572',
            colorTextPlaceholder: '#6b7480',
            colorTextDescription: contrast ? '#000000' : '#55606e',
            colorBgLayout: contrast ? '#ffffff' : PAPER,
            // antd derives tints from its own bright palette; from ours they turn muddy and unreadable.
            colorInfo: ACCENT,
            colorPrimaryBg: '#e6f0f0',
            colorPrimaryBgHover: '#d9e8e8',
            colorInfoBg: '#e9f1f2',
            colorInfoBorder: '#a9c6c9',
            colorSuccessBg: '#eaf3ec',
            colorSuccessBorder: '#a9cbb1',
            colorWarningBg: '#fbf3e0',
            colorWarningBorder: '#dcbf85',
            colorErrorBg: '#fbecea',
            colorErrorBorder: '#e3aaa5',
            controlItemBgActive: '#e1ecec',
            controlItemBgActiveHover: '#d5e5e5',
            colorBorder: contrast ? '#000000' : '#8b949e',
            colorBorderSecondary: contrast ? '#000000' : '#e4dfd5',
          }),
    },
    components: {
      Layout: {
        headerBg: dark ? '#16202b' : '#ffffff',
        siderBg: dark ? '#16202b' : '#ffffff',
        headerPadding: '0 16px',
      },
      Button: dark ? { primaryColor: '#06181a' } : {},
      Menu: { itemBg: 'transparent', ...(dark ? { itemSelectedColor: '#b5e3e7' } : {}) },
      // On white the chosen segment has to stand out by more than a shade.
      Segmented: contrast ? { itemSelectedBg: ACCENT, itemSelectedColor: '#ffffff' } : {},
      Table: { cellPaddingBlock: 8 },
    },
  };
}
