import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_PHOTOS, type Photo } from '../../domain/street/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { base64Of } from '../kernel/components/file-text.ts';

/** Photographs of what was missed, taken in at once and named by their hash. */
export function PhotosField({
  item,
  needed,
  value,
  onChange,
}: {
  /** What they are of, in words. */
  item: string;
  needed: boolean;
  value: readonly Photo[];
  onChange: (next: Photo[]) => void;
}) {
  const { t } = useTranslation('streets');
  const input = useRef<HTMLInputElement>(null);
  const keep = useMutation({
    mutationFn: async (file: File): Promise<Photo> => ({
      ...(await api.streets.keepPhoto({ name: file.name, base64: await base64Of(file) })),
      file: file.name,
    }),
    onSuccess: (added) => onChange([...value.filter(({ sha256 }) => sha256 !== added.sha256), added]),
  });
  return (
    <div className="heshi-row">
      {keep.error ? <ErrorNotice error={keep.error} /> : null}
      {value.map((one) => (
        <span key={one.sha256}>
          {one.file}
          <Button
            size="small"
            type="link"
            aria-label={t('patrol.removePhoto', { name: one.file })}
            onClick={() => onChange(value.filter(({ sha256 }) => sha256 !== one.sha256))}
          >
            ×
          </Button>
        </span>
      ))}
      {value.length < MOST_PHOTOS ? (
        <Button
          size="small"
          loading={keep.isPending}
          aria-label={`${t('patrol.addPhoto')} ${item}`}
          onClick={() => input.current?.click()}
        >
          {t('patrol.addPhoto')}
        </Button>
      ) : null}
      {needed && value.length === 0 ? <span className="heshi-muted">{t('patrol.photoNeeded')}</span> : null}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`${t('patrol.photos')} ${item}`}
        accept="image/*"
        capture="environment"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) keep.mutate(file);
          event.target.value = '';
        }}
      />
    </div>
  );
}
