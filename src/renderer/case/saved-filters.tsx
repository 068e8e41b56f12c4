import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { SavedFilter } from '../../contract/workstation/search.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';

const KEY = ['filters', 'list'];
const UNDO_SECONDS = 8;

/** Filters under a name, each person's own: applied, kept, renamed, and removed with a way back. */
export function SavedFilters({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation('cases');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [parameters, setParameters] = useSearchParams();
  const [naming, setNaming] = useState<{ id: string; name: string; rename: boolean } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const saved = useQuery({ queryKey: KEY, queryFn: () => api.filters.list() });
  const items = saved.data ?? [];
  const query = parameters.toString();
  const applied = items.find((one) => one.query === query);
  const keep = (next: SavedFilter[]): void => {
    queries.setQueryData(KEY, next);
  };
  const save = async (): Promise<void> => {
    if (naming === null) return;
    setError(null);
    const { id, name, rename } = naming;
    try {
      keep(await (rename ? api.filters.rename({ id, name }) : api.filters.save({ id, name, query })));
      setNaming(null);
    } catch (failure) {
      setError(failure);
    }
  };
  const remove = async (one: SavedFilter): Promise<void> => {
    try {
      keep(await api.filters.remove({ id: one.id }));
      const key = `filter:${one.id}`;
      void message.open({
        key,
        type: 'info',
        duration: UNDO_SECONDS,
        content: (
          <>
            {t('saved.removed', { name: one.name })}{' '}
            <Button
              type="link"
              size="small"
              onClick={() => {
                message.destroy(key);
                void api.filters.save(one).then(keep);
              }}
            >
              {t('undo.undo')}
            </Button>
          </>
        ),
      });
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <>
      <Select<string | null>
        aria-label={t('saved.label')}
        placeholder={t('saved.label')}
        className="heshi-choice"
        value={applied?.id ?? null}
        onChange={(id) => {
          const one = items.find((item) => item.id === id);
          if (one) setParameters(new URLSearchParams(one.query));
        }}
        options={items.map(({ id, name }) => ({ value: id, label: name }))}
        notFoundContent={t('saved.none')}
      />
      {applied ? (
        <>
          <Button onClick={() => setNaming({ ...applied, rename: true })}>{t('saved.rename')}</Button>
          <Button onClick={() => void remove(applied)}>{t('saved.remove')}</Button>
        </>
      ) : null}
      {!applied && (narrowed || query !== '') ? (
        <Button onClick={() => setNaming({ id: crypto.randomUUID(), name: '', rename: false })}>
          {t('saved.save')}
        </Button>
      ) : null}
      <Modal
        open={naming !== null}
        title={t(naming?.rename ? 'saved.rename' : 'saved.save')}
        okButtonProps={{ disabled: (naming?.name.trim() ?? '') === '' }}
        onOk={() => void save()}
        onCancel={() => {
          setNaming(null);
          setError(null);
        }}
      >
        {error ? <ErrorNotice error={error} /> : null}
        <label htmlFor="filter-name">{t('saved.name')}</label>
        <Input
          id="filter-name"
          maxLength={40}
          value={naming?.name ?? ''}
          onChange={(event) => setNaming((one) => (one ? { ...one, name: event.target.value } : one))}
          onPressEnter={() => void save()}
        />
      </Modal>
    </>
  );
}
