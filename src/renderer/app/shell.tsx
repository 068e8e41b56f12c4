import { LockOutlined } from '@ant-design/icons';
import { Button, Dropdown, Layout, Menu, Modal } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { LanguageSwitch } from '../kernel/components/language-switch.tsx';
import { useShortcuts } from '../kernel/app/keyboard.ts';
import { homeOf, useCommands, useNavigation } from './navigation.ts';
import { usePreferences } from '../kernel/app/preferences.tsx';
import { Palette } from './palette.tsx';
import { useSession } from '../kernel/app/session.ts';
import { ReadOnlyBanner } from '../repair/read-only-banner.tsx';
import { RevokedBanner } from '../session/revoked-banner.tsx';
import { SyncSign } from './sync-sign.tsx';
import { UnkeptBanner } from './unkept-banner.tsx';

/** Navigation at the left, who and where at the top, the sync sign always in sight. */
export function Shell() {
  const { t, i18n } = useTranslation('common');
  const navigation = useNavigation();
  const commands = useCommands();
  const navigate = useNavigate();
  const location = useLocation();
  const { state, staff, signOut, lock } = useSession();
  const { settings } = usePreferences();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  useShortcuts({
    commands,
    begin: useCallback((path: string) => void navigate(path), [navigate]),
    search: useCallback(() => setPalette(true), []),
    help: useCallback(() => setHelp(true), []),
    lock: (shift) => void lock(shift),
  });
  const section = location.pathname.split('/')[1] ?? homeOf(staff.capabilities);
  return (
    <Layout className="heshi-full-height">
      <Layout.Header className="heshi-header">
        <strong className="heshi-app-name">{t('app')}</strong>
        <span className="heshi-unit-name">{staff.unit.name}</span>
        <SyncSign />
        <Button size="small" onClick={() => setPalette(true)}>
          {t('action.search')} · Ctrl+K
        </Button>
        <LanguageSwitch />
        <Dropdown
          menu={{
            items: [
              { key: 'help', label: `${t('action.help')} (F1)`, onClick: () => setHelp(true) },
              { key: 'account', label: t('action.account'), onClick: () => void navigate('/account') },
              {
                key: 'lock',
                label: `${t('action.lock')} (${t('shortcuts.lock')})`,
                onClick: () => void lock(false),
              },
              {
                key: 'shift',
                label: `${t('action.changeShift')} (${t('shortcuts.changeShift')})`,
                onClick: () => void lock(true),
              },
              { key: 'out', label: t('action.signOut'), onClick: () => void signOut() },
            ],
          }}
          trigger={['click']}
        >
          <Button type="text">
            {staff.name} · {t(`role.${staff.role}`)}
          </Button>
        </Dropdown>
        <Button
          type="text"
          icon={<LockOutlined />}
          aria-label={t('action.lock')}
          title={`${t('action.lock')} (${t('shortcuts.lock')})`}
          onClick={() => void lock(false)}
        />
      </Layout.Header>
      <Layout>
        <Layout.Sider width={settings.density === 'large' ? 204 : 168} className="heshi-scrolls">
          <nav aria-label={t('nav.label')}>
            <Menu
              mode="inline"
              inlineIndent={16}
              selectedKeys={[section]}
              items={navigation.flatMap(({ path, label, icon, sign }) =>
                icon === undefined ? [] : [{ key: path, icon, extra: sign, label: label(i18n.t) }],
              )}
              onClick={({ key }) => void navigate(`/${key}`)}
              className="heshi-navigation"
            />
          </nav>
        </Layout.Sider>
        <Layout.Content className="heshi-scrolls">
          {state.readOnly ? <ReadOnlyBanner /> : null}
          {state.revoked ? <RevokedBanner /> : null}
          <Outlet />
        </Layout.Content>
      </Layout>
      <UnkeptBanner />
      <Palette open={palette} onClose={() => setPalette(false)} />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Layout>
  );
}

function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation('common');
  const finding = useTranslation('finding');
  const { state } = useSession();
  const commands = useCommands();
  const rows = [
    ...commands.map(({ keys, label }) => [keys(i18n.t, state.host), label(i18n.t)]),
    [t('shortcuts.search'), t('palette.label')],
    [t('shortcuts.save'), finding.t('keys.primary')],
    ['Alt+M', finding.t('keys.more')],
    ['Alt+P', finding.t('keys.issue')],
    ['Ctrl+Z', finding.t('keys.undo')],
    [t('shortcuts.lock'), t('action.lock')],
    [t('shortcuts.changeShift'), t('action.changeShift')],
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
              <th scope="row" className="heshi-shortcut">
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
