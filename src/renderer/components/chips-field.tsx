import { Tag } from 'antd';
import type { FieldValues } from 'react-hook-form';
import { FormField, type FieldProps, type Option } from './field.tsx';

/** Several of a short list, all in sight: each a chip that one press puts on or takes off. */
export function ChipsField<Values extends FieldValues>({
  options,
  ...props
}: FieldProps<Values> & { options: Option[] }) {
  return (
    <FormField {...props}>
      {({ id, value, onChange, ref, aria }) => (
        <Tag.CheckableTagGroup<string>
          {...aria}
          id={id}
          role="group"
          aria-label={props.label}
          multiple
          className="heshi-chips"
          options={options}
          value={Array.isArray(value) ? value : []}
          onChange={onChange}
          ref={(group) =>
            ref(
              group === null
                ? null
                : {
                    focus: () => group.nativeElement.querySelector<HTMLElement>('[role="checkbox"]')?.focus(),
                  },
            )
          }
        />
      )}
    </FormField>
  );
}
