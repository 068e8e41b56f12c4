import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { InkField, type Strokes } from './ink-field.tsx';

/** What was signed: its strokes, and the picture of them (PNG). */
export type Signature = { ink: Strokes; picture: () => Promise<Blob> };

/**
 * A field to sign in, whether it is signed, and a button to sign again. `title` names the section, `name` whose signature it is;
 * `problem` is said while it is missing, null for nothing.
 */
export function SignatureBox({
  title,
  name,
  signed,
  problem,
  onChange,
}: {
  title: string;
  name: string;
  signed: boolean;
  problem: string | null;
  onChange: (signature: Signature | null) => void;
}) {
  const { t } = useTranslation('documents');
  const [begun, setBegun] = useState(0);
  return (
    <section aria-label={title} className="heshi-stack-s">
      <div className="heshi-row-between">
        <span>{t('ink.sign')}</span>
        <span>
          <StatusTag tone={signed ? 'good' : 'warning'}>
            {t(signed ? 'ink.signed' : 'ink.unsigned')}
          </StatusTag>
          {signed ? (
            <Button
              size="small"
              onClick={() => {
                // Another field, which is empty.
                setBegun((count) => count + 1);
                onChange(null);
              }}
            >
              {t('clear')}
            </Button>
          ) : null}
        </span>
      </div>
      <div className="heshi-ink-box">
        <InkField key={begun} name={name} onChange={(ink, picture) => onChange({ ink, picture })} />
      </div>
      {problem === null ? null : <span role="alert">{problem}</span>}
    </section>
  );
}
