import { Collapse } from 'antd';
import { createContext, use, useCallback, useState, type ReactNode } from 'react';

/** Opens the sections that a field is folded into. */
export const OpenSection = createContext<() => void>(() => undefined);

/**
 * Fields that are rarely filled in, folded until they are wanted. They are part of the form while they are folded; an
 * error at one of them opens the section, for it has to be seen.
 */
export function FoldedSection({ label, children }: { label: string; children: ReactNode }) {
  const above = use(OpenSection);
  const [open, setOpen] = useState(false);
  const show = useCallback(() => {
    above();
    setOpen(true);
  }, [above]);
  return (
    <OpenSection value={show}>
      <Collapse
        ghost
        size="small"
        activeKey={open ? ['fields'] : []}
        onChange={(keys) => setOpen(keys.length > 0)}
        items={[{ key: 'fields', label, forceRender: true, children }]}
      />
    </OpenSection>
  );
}
