import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Signer } from '../../domain/document/kinds.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import type { Signature } from './sign-page.tsx';

/** How one party signs: over the page, or by a name that they type and confirm; and taken back again. */
export function SignerField({
  signer,
  signature,
  onChange,
}: {
  signer: Signer;
  signature: Signature | undefined;
  onChange: (signature: Signature | null) => void;
}) {
  const { t } = useTranslation('documents');
  const id = useId();
  const [name, setName] = useState('');
  const label = t(`signer.${signer}`);
  const typed = signature !== undefined && 'name' in signature;
  const confirm = (confirmed: boolean): void => onChange(confirmed ? { name: name.trim() } : null);
  return (
    <section className="heshi-signer" aria-label={label}>
      <div className="heshi-row-between">
        <strong>{label}</strong>
        <StatusTag tone={signature ? 'good' : 'warning'}>
          {t(signature === undefined ? 'given.none' : typed ? 'given.typed' : 'given.drawn')}
        </StatusTag>
      </div>
      {signature && !typed ? (
        <Button size="small" aria-label={t('clearNamed', { name: label })} onClick={() => onChange(null)}>
          {t('clear')}
        </Button>
      ) : (
        <>
          <label htmlFor={id} className="heshi-note">
            {t('typeNameOf', { name: label })}
          </label>
          <Input
            id={id}
            value={name}
            maxLength={60}
            disabled={typed}
            onChange={(event) => setName(event.target.value)}
          />
          <Checkbox
            checked={typed}
            disabled={name.trim() === ''}
            onChange={({ target }) => confirm(target.checked)}
          >
            {t('confirmTyped')}
          </Checkbox>
        </>
      )}
    </section>
  );
}
