import { useMutation } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Attachment, ProofKind } from '../../domain/restoration/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { base64Of } from '../kernel/components/file-text.ts';

/** Files that are handed in, each with what it proves; taken in at once, and named by their hash. */
export function FilesField({
  value,
  onChange,
}: {
  value: readonly Attachment[];
  onChange: (next: Attachment[]) => void;
}) {
  const { t } = useTranslation('restorations');
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<ProofKind>('performance');
  const label = useId();
  const keep = useMutation({
    mutationFn: async (file: File): Promise<Attachment> => ({
      ...(await api.restorations.keepFile({ name: file.name, base64: await base64Of(file) })),
      kind,
      name: file.name,
    }),
    onSuccess: (added) => onChange([...value.filter(({ sha256 }) => sha256 !== added.sha256), added]),
  });
  return (
    <div className="heshi-stack-s">
      {keep.error ? <ErrorNotice error={keep.error} /> : null}
      {value.length === 0 ? null : (
        <ul className="heshi-restoration-files">
          {value.map((one) => (
            <li key={one.sha256}>
              {t(`proof.${one.kind}`)} · {one.name}{' '}
              <Button
                size="small"
                type="link"
                aria-label={`${t('form.discardYes')} ${one.name}`}
                onClick={() => onChange(value.filter(({ sha256 }) => sha256 !== one.sha256))}
              >
                {t('form.discardYes')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="heshi-row">
        <span id={label}>{t('form.kind')}</span>
        <Select<ProofKind>
          aria-labelledby={label}
          aria-label={t('form.kind')}
          value={kind}
          onChange={setKind}
          options={ProofKind.options.map((one) => ({ value: one, label: t(`proof.${one}`) }))}
          className="heshi-choice"
        />
        <Button loading={keep.isPending} onClick={() => input.current?.click()}>
          {t('form.add')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t('form.file')}
          accept="application/pdf,image/*"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) keep.mutate(file);
            event.target.value = '';
          }}
        />
      </div>
    </div>
  );
}
