import { Checkbox } from 'antd';
import type { Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { RestorationForm } from '../../contract/workstation/restoration.ts';
import { FormField } from '../kernel/components/field.tsx';
import { useWording } from '../kernel/components/wording.ts';
import { type FileValues, matterKey, matterOf } from './values.ts';

/** The merchant's records, each under the types of matter that fit it; where one cannot be asked about, why. */
export function MattersField({ control, begun }: { control: Control<FileValues>; begun: RestorationForm }) {
  const { t, i18n } = useTranslation('restorations');
  const word = useWording();
  const chinese = i18n.language.startsWith('zh');
  const nameOf = (code: string): string => {
    const name = begun.settings.types.find((one) => one.code === code)?.name;
    return name === undefined ? code : chinese ? name.zh : name.en;
  };
  return (
    <FormField
      control={control}
      name="matters"
      label={t('form.matters')}
      help={t('form.mattersHint')}
      required
    >
      {({ id, value, onChange, ref }) => {
        const chosen = Array.isArray(value) ? (value as string[]) : [];
        if (begun.candidates.length === 0) return <p id={id}>{t('form.noRecords')}</p>;
        return (
          <ul id={id} ref={ref} tabIndex={-1} className="heshi-restoration-files">
            {begun.candidates.map(({ sanction, types, openIn }) => (
              <li key={sanction.id}>
                <strong>{sanction.number}</strong> · {sanction.organ} · {sanction.determinedOn}
                {sanction.class === null ? null : ` · ${t(`class.${sanction.class}`)}`}
                {openIn === null ? null : <div className="heshi-muted">{t('form.openIn')}</div>}
                {types.map(({ code, bar }) => {
                  const key = matterKey(sanction.id, code);
                  const why =
                    bar === null
                      ? null
                      : word({ rule: bar.rule, parameters: bar.day === undefined ? {} : { day: bar.day } });
                  return (
                    <div key={key}>
                      <Checkbox
                        disabled={bar !== null || openIn !== null}
                        checked={chosen.includes(key)}
                        onChange={({ target: { checked } }) => {
                          // A record stands on the form once, under one type.
                          const others = chosen.filter((one) => matterOf(one).sanctionId !== sanction.id);
                          onChange(checked ? [...others, key] : others);
                        }}
                      >
                        {nameOf(code)}
                      </Checkbox>
                      {why === null ? null : <span className="heshi-muted">{why}</span>}
                    </div>
                  );
                })}
              </li>
            ))}
          </ul>
        );
      }}
    </FormField>
  );
}
