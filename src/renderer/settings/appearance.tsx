import { useMutation } from '@tanstack/react-query';
import { Card, Segmented } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_LOCK_MINUTES, type Settings } from '../../contract/workstation/settings.ts';
import { usePreferences } from '../kernel/app/preferences.tsx';
import { ownName } from '../kernel/components/own-name.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';

const CHOICES = {
  language: ['zh-CN', 'en'],
  density: ['compact', 'comfortable', 'large'],
  theme: ['light', 'dark', 'high-contrast'],
} as const satisfies {
  [Key in Exclude<keyof Settings, 'undoSeconds' | 'lockMinutes'>]: readonly Settings[Key][];
};

/** After how many minutes without anybody at it a window locks itself. */
const LOCK_CHOICES = [2, 5, 10, 20, MOST_LOCK_MINUTES];
/** How long a step can be taken back before it leaves the workstation. */
const UNDO_CHOICES = [0, 10, 30, 60, 120];

/** Language, density and colours: each takes effect at once. */
export function Appearance() {
  const { t } = useTranslation('settings');
  const { settings, change } = usePreferences();
  const save = useMutation({ mutationFn: (changes: Partial<Settings>) => change(changes) });
  return (
    <Card size="small" title={<h2>{t('appearance.title')}</h2>}>
      {save.error ? <ErrorNotice error={save.error} kept={false} /> : null}
      <Row label={t('appearance.language')}>
        {(labelledBy) => (
          <Segmented
            aria-labelledby={labelledBy}
            value={settings.language}
            onChange={(language) => save.mutate({ language })}
            options={CHOICES.language.map((value) => ({ value, label: ownName(value) }))}
          />
        )}
      </Row>
      <Row label={t('appearance.density')}>
        {(labelledBy) => (
          <Segmented
            aria-labelledby={labelledBy}
            value={settings.density}
            onChange={(density) => save.mutate({ density })}
            options={CHOICES.density.map((value) => ({ value, label: t(`appearance.${value}`) }))}
          />
        )}
      </Row>
      <Row label={t('appearance.theme')}>
        {(labelledBy) => (
          <Segmented
            aria-labelledby={labelledBy}
            value={settings.theme}
            onChange={(look) => save.mutate({ theme: look })}
            options={CHOICES.theme.map((value) => ({ value, label: t(`appearance.${value}`) }))}
          />
        )}
      </Row>
      <Row label={t('undo.label')}>
        {(labelledBy) => (
          <Segmented
            aria-labelledby={labelledBy}
            value={settings.undoSeconds}
            onChange={(undoSeconds) => save.mutate({ undoSeconds })}
            options={UNDO_CHOICES.map((value) => ({
              value,
              label: value === 0 ? t('undo.none') : t('undo.seconds', { seconds: value }),
            }))}
          />
        )}
      </Row>
      <p className="heshi-flush heshi-muted">{t('undo.hint')}</p>
      <Row label={t('lock.label')}>
        {(labelledBy) => (
          <Segmented
            aria-labelledby={labelledBy}
            value={settings.lockMinutes}
            onChange={(lockMinutes) => save.mutate({ lockMinutes })}
            options={LOCK_CHOICES.map((value) => ({ value, label: t('lock.minutes', { minutes: value }) }))}
          />
        )}
      </Row>
      <p className="heshi-flush heshi-muted">{t('lock.hint')}</p>
      <p className="heshi-flush heshi-muted">{t('appearance.kept')}</p>
    </Card>
  );
}

function Row({ label, children }: { label: string; children: (labelledBy: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="heshi-settings-row">
      <span id={id}>{label}</span>
      <div>{children(id)}</div>
    </div>
  );
}
