import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Descriptions, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { When } from '../kernel/components/when.tsx';

/** The copies of the database: when the last were made, and another one, here or on a stick. */
export function CopiesCard() {
  const { t } = useTranslation('repair');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [folder, setFolder] = useState('');
  const copies = useQuery({ queryKey: ['repair', 'copies'], queryFn: () => api.repair.copies() });
  const copying = useMutation({
    mutationFn: (to: string | null) => api.repair.copy({ folder: to }),
    onSuccess: async (made) => {
      void message.success(t('copies.done', { count: made.facts }));
      await queries.invalidateQueries({ queryKey: ['repair', 'copies'] });
    },
  });
  const { nightly = [], stick = null } = copies.data ?? {};
  const error = copying.error ?? copies.error;
  return (
    <Card
      size="small"
      title={<h2>{t('copies.title')}</h2>}
      extra={
        <Button
          size="small"
          loading={copying.isPending && copying.variables === null}
          onClick={() => copying.mutate(null)}
        >
          {t('copies.now')}
        </Button>
      }
    >
      <p className="heshi-flush-top">{t('copies.text')}</p>
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      <Descriptions
        size="small"
        column={1}
        styles={{ label: { width: 104 } }}
        items={[
          {
            key: 'nightly',
            label: t('copies.nightly'),
            children:
              nightly.length === 0 ? (
                t('copies.none')
              ) : (
                <div>
                  {nightly.map(({ at, facts }) => (
                    <div key={at}>
                      <When at={at} /> · {t('copies.facts', { count: facts })}
                    </div>
                  ))}
                </div>
              ),
          },
          {
            key: 'stick',
            label: t('copies.stick'),
            children:
              stick === null ? (
                t('copies.stickNone')
              ) : (
                <span>
                  <When at={stick.at} /> ·{' '}
                  {t('copies.stickLast', { folder: stick.folder, facts: stick.facts })}
                </span>
              ),
          },
        ]}
      />
      <form
        className="heshi-above-m"
        onSubmit={(event) => {
          event.preventDefault();
          copying.mutate(folder.trim());
        }}
      >
        <Space.Compact block>
          <Input
            aria-label={t('copies.folder')}
            placeholder={t('copies.folderHint')}
            value={folder}
            onChange={(event) => setFolder(event.target.value)}
          />
          <Button
            htmlType="submit"
            disabled={folder.trim() === ''}
            loading={copying.isPending && copying.variables !== null}
          >
            {t('copies.save')}
          </Button>
        </Space.Compact>
      </form>
      <p className="heshi-flush-bottom">{t('copies.restore')}</p>
    </Card>
  );
}
