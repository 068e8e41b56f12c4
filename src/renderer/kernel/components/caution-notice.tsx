import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldIssue } from '../../../contract/workstation/errors.ts';
import { intoView } from './into-view.ts';
import { useWording } from './wording.ts';

/** What looks wrong about what is about to be recorded: asked once, and then recorded. */
export function CautionNotice({ cautions }: { cautions: readonly FieldIssue[] }) {
  const { t } = useTranslation('common');
  const word = useWording();
  if (cautions.length === 0) return null;
  return (
    <div ref={intoView}>
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={t('caution.title')}
        description={
          <>
            <ul className="heshi-flush">
              {cautions.map((one) => (
                <li key={one.rule}>{word(one)}</li>
              ))}
            </ul>
            <p className="heshi-flush">{t('caution.text')}</p>
          </>
        }
      />
    </div>
  );
}
