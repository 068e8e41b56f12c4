import { Alert, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../contract/workstation/imports.ts';

/** Which sheets of a workbook are read, each with its rows, and what is said of the file as a whole. */
export function Sheets({
  preview,
  reading,
  onChoose,
}: {
  preview: ImportPreview;
  reading: boolean;
  onChoose: (sheets: string[]) => void;
}) {
  const { t, i18n } = useTranslation('imports');
  const { sheets, remarks } = preview;
  const count = (rows: number): string => rows.toLocaleString(i18n.language);
  const chosen = sheets.filter((sheet) => sheet.read).map((sheet) => sheet.name);
  return (
    <>
      {sheets.length > 1 ? (
        <div className="heshi-import-sheets">
          <label htmlFor="import-sheets">{t('sheets.label')}</label>
          <Select<string[]>
            // What was chosen and not read is not shown as if it were.
            key={chosen.join('/')}
            id="import-sheets"
            mode="multiple"
            loading={reading}
            disabled={reading}
            className="heshi-import-sheet-choice"
            defaultValue={chosen}
            maxTagCount="responsive"
            options={sheets.map(({ name, rows, hidden }) => ({
              value: name,
              label: t(hidden ? 'sheets.hidden' : 'sheets.sheet', { name, rows: count(rows) }),
            }))}
            onChange={(names) => {
              if (names.length > 0) onChoose(names);
            }}
          />
          <span className="heshi-hint">
            {t('sheets.read', { read: count(chosen.length), all: count(sheets.length) })}
          </span>
        </div>
      ) : null}
      {remarks.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('remarks.title')}
          description={
            <ul className="heshi-import-remarks">
              {remarks.map(({ message }) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          }
        />
      ) : null}
    </>
  );
}
