import { Page } from '../../components/page.tsx';
import { useTranslation } from 'react-i18next';
import { Appearance } from './appearance.tsx';
import { Device } from './device.tsx';
import { DiagnosticsCard } from './diagnostics.tsx';
import './settings.css';

/** How this desk looks, what it is enrolled as, and what to tell someone who helps from afar. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <Page title={t('title')}>
      <div className="heshi-settings">
        <div className="heshi-settings-column">
          <Appearance />
          <Device />
        </div>
        <DiagnosticsCard />
      </div>
    </Page>
  );
}
