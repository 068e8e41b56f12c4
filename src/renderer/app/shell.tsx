import {
  AuditOutlined,
  BankOutlined,
  CalendarOutlined,
  ClusterOutlined,
  FieldTimeOutlined,
  FileSearchOutlined,
  ImportOutlined,
  PieChartOutlined,
  RollbackOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, Layout, Menu, Modal } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { LanguageSwitch } from '../components/language-switch.tsx';
import { DeadlineSign } from './deadline-badge.tsx';
import { useShortcuts } from './keyboard.ts';
import { usePreferences } from './preferences.tsx';
import { Palette } from './palette.tsx';
import { useSession } from './session-gate.tsx';
import { SyncSign } from './sync-sign.tsx';

const PAGES = [
  { key: 'today', icon: <CalendarOutlined /> },
  { key: 'deadlines', icon: <FieldTimeOutlined />, extra: <DeadlineSign /> },
  { key: 'cases', icon: <FileSearchOutlined /> },
  { key: 'returns', icon: <RollbackOutlined /> },
  { key: 'merchants', icon: <BankOutlined /> },
  { key: 'supervision', icon: <AuditOutlined /> },
  { key: 'fleet', icon: <ClusterOutlined /> },
  { key: 'rollup', icon: <PieChartOutlined /> },
  { key: 'imports', icon: <ImportOutlined /> },
  { key: 'settings', icon: <SettingOutlined /> },
] as const;

/** Navigation at the left, who and where at the top, the sync sign always in sight. */
export function Shell() {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const location = useLocation();
  const { staff, signOut } = useSession();
  const { settings } = usePreferences();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  useShortcuts({
    newCase: useCallback(() => void navigate('/cases/new'), [navigate]),
    newReturn: useCallback(() => void navigate('/returns/new'), [navigate]),
    search: useCallback(() => setPalette(true), []),
    help: useCallback(() => setHelp(true), []),
  });
  const section = location.pathname.split('/')[1] ?? 'today';
  return (
    <Layout style={{ height: '100%' }}>
      <Layout.Header
        style={{ display: 'flex', alignItems: 'center', gap: 16, height: 48, lineHeight: '48px' }}
      >
        <strong style={{ fontSize: '1.2em' }}>{t('app')}</strong>
        <span style={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {staff.unit.name}
        </span>
        <SyncSign />
        <Button size="small" onClick={() => setPalette(true)}>
          {t('action.search')} · Ctrl+K
        </Button>
        <LanguageSwitch />
        <Dropdown
          menu={{
            items: [
              { key: 'help', label: `${t('action.help')} (F1)`, onClick: () => setHelp(true) },
              { key: 'out', label: t('action.signOut'), onClick: () => void signOut() },
            ],
          }}
          trigger={['click']}
        >
          <Button type="text">
            {staff.name} · {t(`role.${staff.role}`)}
          </Button>
        </Dropdown>
      </Layout.Header>
      <Layout>
        <Layout.Sider width={settings.density === 'large' ? 204 : 168} style={{ overflow: 'auto' }}>
          <nav aria-label={t('nav.label')}>
            <Menu
              mode="inline"
              inlineIndent={16}
              selectedKeys={[section]}
              items={PAGES.filter(
                ({ key }) =>
                  (key !== 'supervision' && key !== 'fleet') ||
                  staff.capabilities.includes('supervision.read'),
              ).map(({ key, icon, ...more }) => ({
                key,
                icon,
                ...more,
                label: t(`nav.${key}`),
              }))}
              onClick={({ key }) => void navigate(`/${key}`)}
              style={{ borderInlineEnd: 0 }}
            />
          </nav>
        </Layout.Sider>
        <Layout.Content style={{ overflow: 'auto' }}>
          <Outlet />
        </Layout.Content>
      </Layout>
      <Palette open={palette} onClose={() => setPalette(false)} />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Layout>
  );
}

function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('common');
  const finding = useTranslation('finding');
  const { state } = useSession();
  const rows = [
    [t(`shortcuts.newCase.${state.host}`), t('action.newCase')],
    [t(`shortcuts.newReturn.${state.host}`), t('action.newReturn')],
    [t('shortcuts.search'), t('palette.label')],
    [t('shortcuts.save'), finding.t('keys.primary')],
    ['Alt+M', finding.t('keys.more')],
    ['Alt+P', finding.t('keys.issue')],
    ['Ctrl+Z', finding.t('keys.undo')],
    [t('shortcuts.move'), t('shortcuts.moveText')],
    [t('shortcuts.escape'), t('shortcuts.escapeText')],
    [t('shortcuts.help'), t('shortcuts.title')],
  ];
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('shortcuts.title')}>
      <table>
        <tbody>
          {rows.map(([keys, text]) => (
            <tr key={keys}>
              <th scope="row" style={{ textAlign: 'start', paddingInlineEnd: 24 }}>
                <kbd>{keys}</kbd>
              </th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
