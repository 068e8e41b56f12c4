import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Completeness } from '../../contract/centre/rollup.ts';
import { When } from '../kernel/components/when.tsx';

const MOST_LISTED = 50;

/** Up to when the workstations below have reported, and which are missing. An old copy vouches for nothing now. */
export function CompletenessNotice({ completeness, stale }: { completeness: Completeness; stale: boolean }) {
  const { t } = useTranslation('rollup');
  const { workstations, reported, missing } = completeness;
  if (workstations === 0) return <span className="heshi-muted">{t('completeness.none')}</span>;
  if (missing.length === 0 && reported === workstations) {
    return (
      <span className={stale ? 'heshi-muted' : 'heshi-good'}>
        {stale ? null : <CheckCircleOutlined aria-hidden />}{' '}
        {t('completeness.complete', { total: workstations })}
      </span>
    );
  }
  const list = (
    <div className="heshi-incomplete">
      <p className="heshi-flush-top heshi-muted">{t('completeness.meaning')}</p>
      <ul
        aria-label={t('completeness.missing')}
        // Focusable, so that the keyboard can scroll a long list.
        tabIndex={0}
        className="heshi-incomplete-units"
      >
        {missing.slice(0, MOST_LISTED).map((one) => (
          <li key={`${one.unitPath} ${one.name}`}>
            {one.name}{' '}
            <span className="heshi-muted">
              {one.lastSeenAt === null ? (
                t('completeness.never')
              ) : (
                <>
                  {t('completeness.lastSeen')} <When at={one.lastSeenAt} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {missing.length > MOST_LISTED ? (
        <p className="heshi-flush-bottom">{t('completeness.more', { more: missing.length - MOST_LISTED })}</p>
      ) : null}
    </div>
  );
  return (
    <span className="heshi-caution">
      <WarningOutlined aria-hidden /> {t('completeness.incomplete', { reported, total: workstations })}
      {missing.length > 0 ? (
        <Popover trigger="click" placement="bottomRight" title={t('completeness.missing')} content={list}>
          <Button type="link" size="small">
            {t('completeness.show', { missing: missing.length })}
          </Button>
        </Popover>
      ) : null}
    </span>
  );
}
