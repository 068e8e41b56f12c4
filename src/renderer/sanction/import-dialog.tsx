import { InboxOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Modal, Spin, Table, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SanctionImportPreview } from '../../contract/workstation/sanction.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';

const READABLE = '.csv,.txt,.xlsx,.xls,.ods';

type File64 = { fileName: string; base64: string };

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read'));
    reader.readAsDataURL(file);
  });
}

/** A file of decisions: what each of its rows comes to is seen before anything is recorded. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('sanction');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [file, setFile] = useState<File64 | null>(null);
  const read = useMutation({
    mutationFn: async (chosen: File) => {
      const next = { fileName: chosen.name, base64: await base64Of(chosen) };
      setFile(next);
      return api.sanctions.preview(next);
    },
  });
  const save = useMutation({
    mutationFn: ({ of, refused }: { of: File64; refused: number }) =>
      api.sanctions.importFile({ ...of, refused }),
    onSuccess: async ({ recorded }) => {
      await queries.invalidateQueries({ queryKey: ['sanctions'] });
      onClose();
      void message.success(t('import.recorded', { count: recorded }));
    },
  });
  const preview = read.data;
  const ready = file !== null && preview !== undefined && preview.accepted.length > 0;
  return (
    <Modal
      open
      width={880}
      title={t('import.title')}
      okText={t('import.save', { count: preview?.accepted.length ?? 0 })}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !ready, loading: save.isPending }}
      onOk={() => (ready ? save.mutate({ of: file, refused: preview.refused.length }) : undefined)}
      onCancel={onClose}
    >
      <div className="heshi-stack-s">
        {read.error ? <ErrorNotice error={read.error} kept={false} /> : null}
        {save.error ? <ErrorNotice error={save.error} kept={false} /> : null}
        <Spin spinning={read.isPending}>
          <Upload.Dragger
            accept={READABLE}
            multiple={false}
            showUploadList={false}
            aria-label={t('import.choose')}
            beforeUpload={(chosen) => {
              save.reset();
              read.mutate(chosen);
              // The program reads the file itself; nothing is uploaded.
              return false;
            }}
          >
            <p>
              <InboxOutlined aria-hidden /> {t('import.choose')}
            </p>
            <p className="heshi-muted">{t('import.hint')}</p>
          </Upload.Dragger>
        </Spin>
        {preview ? <Preview preview={preview} /> : null}
      </div>
    </Modal>
  );
}

function Preview({ preview }: { preview: SanctionImportPreview }) {
  const { t } = useTranslation('sanction');
  const say = useDataWords();
  const { missing, accepted, refused, known, fileName, rows } = preview;
  if (missing.length > 0)
    return (
      <Alert
        type="error"
        showIcon
        title={t('import.shape')}
        description={missing.map((one) => say(`sanction:field.${one}`)).join(t('join'))}
      />
    );
  return (
    <>
      <div role="status">
        {t('import.summary', { fileName, rows, accepted: accepted.length, refused: refused.length })}
        {known.length > 0 ? ` ${t('import.known', { count: known.length })}` : ''}
      </div>
      {refused.length === 0 ? null : (
        <div className="heshi-sanction-file">
          <Table
            size="small"
            aria-label={t('import.refused')}
            pagination={false}
            rowKey="row"
            dataSource={refused}
            columns={[
              { key: 'row', title: t('import.row'), dataIndex: 'row', className: 'heshi-nowrap' },
              {
                key: 'field',
                title: t('import.field'),
                className: 'heshi-nowrap',
                render: (_, one) => say(`sanction:field.${one.field}`),
              },
              { key: 'text', title: t('import.found'), dataIndex: 'text' },
              {
                key: 'rule',
                title: t('import.why'),
                render: (_, one) => say(`rules:${one.rule}`, one.parameters),
              },
            ]}
          />
        </div>
      )}
      {accepted.length === 0 ? null : (
        <div className="heshi-sanction-file">
          <Table
            size="small"
            aria-label={t('import.accepted')}
            pagination={false}
            rowKey="row"
            dataSource={accepted}
            columns={[
              { key: 'row', title: t('import.row'), dataIndex: 'row', className: 'heshi-nowrap' },
              { key: 'merchant', title: t('field.merchant'), dataIndex: 'merchantName' },
              {
                key: 'kind',
                title: t('field.kind'),
                className: 'heshi-nowrap',
                render: (_, one) => t(`kind.${one.kind}`),
              },
              { key: 'number', title: t('decision'), render: (_, one) => `${one.organ} ${one.number}` },
              {
                key: 'determined',
                title: t('field.determinedOn'),
                dataIndex: 'determinedOn',
                className: 'heshi-nowrap heshi-sanction-day',
              },
            ]}
          />
        </div>
      )}
    </>
  );
}
