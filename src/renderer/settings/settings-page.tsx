import { Page } from '../kernel/components/page.tsx';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { CopiesCard } from '../repair/index.ts';
import { Appearance } from './appearance.tsx';
import { Device } from './device.tsx';
import { DiagnosticsCard } from './diagnostics.tsx';
import './settings.css';

/** How this workstation looks, what it is enrolled as, and what to tell someone who helps from afar. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const procedure = useTranslation('procedure');
  const navigate = useNavigate();
  return (
    <Page
      title={t('title')}
      actions={<Button onClick={() => void navigate('/settings/procedure')}>{procedure.t('title')}</Button>}
    >
      <div className="heshi-settings">
        <div className="heshi-settings-column">
          <Appearance />
          <Device />
          <CopiesCard />
        </div>
        <DiagnosticsCard />
      </div>
    </Page>
  );
}
