import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RestorationDetail } from '../../../contract/workstation/restoration.ts';
import { restorationSchemas } from '../../../domain/restoration/index.ts';
import { History } from '../../kernel/components/timeline.tsx';
import { When } from '../../kernel/components/when.tsx';
import { useDataWords } from '../../kernel/kit/data-words.ts';

/** What went back and forth, and what was objected to. */
export function Beside({ detail: { state } }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  if (state.returns.length === 0 && state.objections.length === 0 && state.submitted === null) return null;
  return (
    <Card size="small" title={<h2>{t('page.returned')}</h2>}>
      <div className="heshi-stack-s">
        {state.returns.map(({ reason, by, completed }) => (
          <div key={by.at}>
            {t('page.returned')} · <When at={by.at} />
            <div className="heshi-as-typed">{reason}</div>
            <div className="heshi-muted">
              {completed === null ? t('page.notYet') : `${t('page.completed')} ${completed.text}`}
            </div>
          </div>
        ))}
        {state.objections.map(({ objectionId, text, answer }) => (
          <div key={objectionId}>
            {t('page.objections')} · {t(`objection.${answer?.verdict ?? 'open'}`)}
            <div className="heshi-as-typed">{text}</div>
            {answer === null ? null : <div className="heshi-as-typed">{answer.text}</div>}
          </div>
        ))}
        {state.submitted?.submissions.map(({ platform, receipt, on }) => (
          <div key={platform}>
            {t('page.receipts')} · {t(`platform.${platform}`)} {receipt} · {on}
          </div>
        ))}
      </div>
    </Card>
  );
}

const KNOWN = new Set(Object.keys(restorationSchemas));

export function RestorationHistory({ detail: { timeline } }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  const say = useDataWords();
  return (
    <History
      entries={timeline}
      title={({ type, version }) =>
        KNOWN.has(`${type}@${version}`) ? say(`cases:event.${type}`) : t('unknownEvent', { type, version })
      }
    />
  );
}
