import { Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { Answer, type ChecklistItem } from '../../domain/street/index.ts';
import { PhotosField } from './photos-field.tsx';
import type { ItemValue } from './values.ts';
import { useStreetWords } from './words.ts';

/** One item of the checklist with its article; where it is missed, a note and photographs. */
export function ItemRow({
  item,
  shopName,
  value,
  onChange,
}: {
  item: ChecklistItem;
  shopName: string;
  value: ItemValue;
  onChange: (value: ItemValue) => void;
}) {
  const { t } = useTranslation('streets');
  const { said } = useStreetWords();
  const name = said(item.text);
  return (
    <div role="group" aria-label={`${shopName} ${name}`} className="heshi-stack-s">
      <div className="heshi-street-row">
        <Radio.Group
          aria-label={name}
          size="small"
          optionType="button"
          value={value.answer}
          onChange={({ target }) => onChange({ ...value, answer: Answer.shape.answer.parse(target.value) })}
          options={Answer.shape.answer.options.map((one) => ({
            value: one,
            label: t(`patrol.answer.${one}`),
          }))}
        />
        <span>
          {item.essential ? <span title={t('patrol.essential')}>★ </span> : null}
          {name} <span className="heshi-muted">{said(item.article)}</span>
        </span>
      </div>
      {value.answer === 'missed' ? (
        <div className="heshi-stack-s">
          <Input
            aria-label={`${t('patrol.note')} ${name}`}
            placeholder={t('patrol.note')}
            maxLength={300}
            value={value.note}
            onChange={({ target }) => onChange({ ...value, note: target.value })}
          />
          <PhotosField
            item={name}
            needed={item.photo === 'missed'}
            value={value.photos}
            onChange={(photos) => onChange({ ...value, photos })}
          />
        </div>
      ) : null}
    </div>
  );
}
