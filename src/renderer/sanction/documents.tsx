import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SanctionDetail } from '../../contract/workstation/sanction.ts';
import type { SanctionDocument } from '../../domain/sanction/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { base64Of } from '../kernel/components/file-text.ts';
import { openFile, saveFile } from '../kernel/components/open-file.ts';
import { useEventId } from '../kernel/components/use-event-id.ts';

/** Files of the decision, each to be read and printed; more are added while it stands. */
export function Documents({ detail: { state, canRecord } }: { detail: SanctionDetail }) {
  const { t } = useTranslation('sanction');
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const eventId = useEventId();
  const { id, revision, documents = [] } = state;
  const add = useMutation({
    mutationFn: async (file: File) => {
      const kept = await api.sanctions.keepFile({ name: file.name, base64: await base64Of(file) });
      const payload: SanctionDocument = { ...kept, name: file.name };
      await api.sanctions.step({ id, revision, eventId, fact: { type: 'decision-attached', payload } });
      await queries.invalidateQueries({ queryKey: ['sanctions'] });
    },
  });
  const open = useMutation({
    mutationFn: (sha256: string) => api.sanctions.openFile({ id, sha256 }),
    onSuccess: ({ name, ...file }) => {
      // What is no paper is kept under its name.
      if (file.mediaType === 'application/pdf') openFile({ fileName: name, ...file }, false);
      else saveFile({ fileName: name, ...file });
    },
  });
  return (
    <Card
      size="small"
      title={<h2>{t('documents.title')}</h2>}
      extra={
        canRecord ? (
          <Button size="small" loading={add.isPending} onClick={() => input.current?.click()}>
            {t('documents.add')}
          </Button>
        ) : null
      }
    >
      {add.error ? <ErrorNotice error={add.error} kept={false} /> : null}
      {open.error ? <ErrorNotice error={open.error} kept={false} /> : null}
      {documents.length === 0 ? <div className="heshi-muted">{t('documents.none')}</div> : null}
      <ul className="heshi-sanction-list" aria-label={t('documents.title')}>
        {documents.map(({ sha256, name }) => (
          <li key={sha256}>
            <Button
              size="small"
              type="link"
              loading={open.isPending && open.variables === sha256}
              onClick={() => open.mutate(sha256)}
            >
              {name}
            </Button>{' '}
            <span className="heshi-muted">{t('documents.digest', { digest: sha256.slice(0, 12) })}</span>
          </li>
        ))}
      </ul>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('documents.file')}
        accept="application/pdf,image/*"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) add.mutate(file);
          event.target.value = '';
        }}
      />
    </Card>
  );
}
