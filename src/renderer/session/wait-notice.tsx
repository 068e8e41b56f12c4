import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Says how long no further password is looked at, and counts it down. A new number of seconds begins anew. */
export function WaitNotice({ seconds, onOver }: { seconds: number; onOver: () => void }) {
  const { t } = useTranslation('session');
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left <= 0) onOver();
    const timer = setTimeout(() => setLeft((before) => before - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, onOver]);
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="heshi-below-m"
      title={t('wait.title')}
      // Read out once, not every second.
      description={<span aria-live="off">{t('wait.text', { time })}</span>}
    />
  );
}
