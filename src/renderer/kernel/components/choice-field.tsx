import { Radio } from 'antd';
import { FormField, type FieldProps, type FormValues, type Option } from './field.tsx';

/** A few choices side by side, one click each. */
export function ChoiceField<Values extends FormValues>({
  options,
  ...props
}: FieldProps<Values> & { options: Option[] }) {
  return (
    <FormField {...props}>
      {({ id, value, onChange, onBlur, ref }) => (
        <div id={id} role="presentation">
          <Radio.Group
            aria-label={props.label}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            optionType="button"
            options={options.map((option, index) => ({
              ...option,
              ...(index === 0 ? { ref, onBlur } : {}),
            }))}
          />
        </div>
      )}
    </FormField>
  );
}
