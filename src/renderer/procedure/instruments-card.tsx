import { Card, Descriptions, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { InstrumentRules, Procedure } from '../../domain/procedure/procedure.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { Honesty } from './sourced.tsx';

/** Which units may issue which instrument, and how documents are numbered. */
export function InstrumentsCard({ procedure }: { procedure: Procedure }) {
  const { t } = useTranslation('procedure');
  const { say } = useRules();
  const where = ({ parties, levels, units }: InstrumentRules): string => {
    if (units !== null) {
      return t('onlyUnits', { units: units.map(({ path, body }) => `${body} ${path}`).join(t('comma')) });
    }
    const named = parties.map((party) => t(`party.${party}`)).join(t('comma'));
    return levels === null
      ? t('anyUnit', { parties: named })
      : t('atLevels', { parties: named, levels: levels.join(t('comma')) });
  };
  const { documentNumbers } = procedure;
  return (
    <Card size="small" title={<h2>{t('instruments')}</h2>}>
      <Table
        aria-label={t('instruments')}
        size="small"
        rowKey="code"
        dataSource={procedure.instruments}
        pagination={false}
        columns={[
          { title: t('name'), render: (_, instrument) => say(instrument.name) },
          { title: t('where'), render: (_, instrument) => where(instrument) },
          { title: t('source'), render: (_, instrument) => say(instrument.article) },
          { title: t('tag'), width: 150, render: (_, instrument) => <Honesty tag={instrument.tag} /> },
        ]}
      />
      <h3>{t('numbers')}</h3>
      <Descriptions
        size="small"
        column={1}
        styles={{ label: { width: 130 } }}
        items={[
          { key: 'top', label: t('numbersTop'), children: documentNumbers.top },
          { key: 'below', label: t('numbersBelow'), children: documentNumbers.below },
          {
            key: 'source',
            label: t('source'),
            children: (
              <span>
                {say(documentNumbers.article)} <Honesty tag={documentNumbers.tag} />
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
