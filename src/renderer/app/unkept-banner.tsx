import { Alert } from 'antd';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useUnkept } from '../kernel/app/unkept.ts';

/** While the workstation behind the screen does not take what is typed: said above everything, panels too. */
export function UnkeptBanner() {
  const { t } = useTranslation('common');
  if (!useUnkept()) return null;
  return createPortal(
    <div className="heshi-unkept">
      <Alert banner type="warning" role="alert" title={t('draft.unkept')} />
    </div>,
    document.body,
  );
}
