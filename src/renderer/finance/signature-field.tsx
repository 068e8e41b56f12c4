import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InkField, type Strokes } from '../document/index.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { useWording } from '../kernel/components/wording.ts';

/** The field in which the merchant signs, and what is said while it has not. */
export function SignatureField({
  ink,
  missing,
  onChange,
}: {
  ink: Strokes | null;
  missing: boolean;
  onChange: (ink: Strokes | null) => void;
}) {
  const { t } = useTranslation('finance');
  const word = useWording();
  const [begun, setBegun] = useState(0);
  return (
    <section aria-label={t('form.signing')} className="heshi-stack-s">
      <div className="heshi-row-between">
        <span>{t('form.sign')}</span>
        <span>
          <StatusTag tone={ink ? 'good' : 'warning'}>{t(ink ? 'form.signed' : 'form.unsigned')}</StatusTag>
          {ink ? (
            <Button
              size="small"
              onClick={() => {
                // Another field, which is empty.
                setBegun((count) => count + 1);
                onChange(null);
              }}
            >
              {t('form.clear')}
            </Button>
          ) : null}
        </span>
      </div>
      <div className="heshi-consent-ink">
        <InkField key={begun} name={t('form.signHere')} onChange={onChange} />
      </div>
      {missing ? <span role="alert">{word({ rule: 'consent-signature-needed' })}</span> : null}
    </section>
  );
}
