import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFile, ExportFormat, ExportQuery } from '../../../contract/workstation/supervision.ts';
import { api } from '../api/client.ts';
import { saveFile } from './open-file.ts';

const FORMATS: readonly ExportFormat[] = ['xlsx', 'pdf'];

type Shared = { onError: (error: unknown) => void };

/** Saves what is on the screen as a spreadsheet or a PDF; a refusal is handed to the page. */
export function ExportButton({ of, onError }: Shared & { of: ExportQuery }) {
  return <ExportMenu ask={(format) => api.supervision.export({ format, of })} onError={onError} />;
}

/** The same for what another room exports; `ask` makes the file. */
export function ExportMenu({
  ask,
  onError,
}: Shared & { ask: (format: ExportFormat) => Promise<ExportFile> }) {
  const { t } = useTranslation('supervision');
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const save = async (format: ExportFormat): Promise<void> => {
    setBusy(true);
    onError(null);
    try {
      const file = await ask(format);
      saveFile(file);
      void message.success(t('export.done', { name: file.fileName }));
    } catch (failure) {
      onError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: FORMATS.map((format) => ({
          key: format,
          label: t(`export.${format}`),
          onClick: () => void save(format),
        })),
      }}
    >
      <Button loading={busy} icon={<DownloadOutlined />}>
        {t(busy ? 'export.working' : 'export.label')}
      </Button>
    </Dropdown>
  );
}
