import { useQuery } from '@tanstack/react-query';
import { Empty, Input, Modal, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../kernel/api/client.ts';
import { useCommands, useNavigation } from './navigation.ts';
import { useSession } from '../kernel/app/session.ts';
import { CaseStatusTag } from '../kernel/components/status-tag.tsx';

const SHOWN = 8;

/** Ctrl+K: find a case by anything remembered of it, or go to a page. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation('common');
  const navigation = useNavigation();
  const navigate = useNavigate();
  const { state, staff } = useSession();
  const begins = useCommands();
  const input = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const [current, setCurrent] = useState(0);
  const found = useQuery({
    queryKey: ['cases', 'palette', text],
    queryFn: () => api.cases.list({ filter: { search: text }, sort: 'updated', limit: SHOWN }),
    enabled: open && text.trim() !== '' && staff.capabilities.includes('case.read'),
    placeholderData: (before) => before,
  });
  useEffect(() => setCurrent(0), [text]);
  const commands = [
    ...begins.map(({ path, label, keys }) => ({
      path,
      label: label(i18n.t),
      keys: keys(i18n.t, state.host),
    })),
    ...navigation.map(({ path, label }) => ({ path: `/${path}`, label: label(i18n.t), keys: '' })),
  ].filter((command) => text === '' || command.label.toLowerCase().includes(text.toLowerCase()));
  const cases = text.trim() === '' ? [] : (found.data?.items ?? []);
  const options = [
    ...cases.map((one) => ({
      key: one.id,
      path: `/cases/${one.id}`,
      label: (
        <span>
          {one.number} · {one.consumerName} · {one.merchantName} <CaseStatusTag status={one.status} />
        </span>
      ),
    })),
    ...commands.map((command) => ({
      key: command.path,
      path: command.path,
      label: (
        <span className="heshi-row-between">
          {command.label} {command.keys === '' ? null : <kbd>{command.keys}</kbd>}
        </span>
      ),
    })),
  ];
  const go = (index: number): void => {
    const option = options[index];
    if (!option) return;
    onClose();
    setText('');
    void navigate(option.path);
  };
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      title={t('palette.label')}
      // What was typed last time is kept, and replaced by typing.
      afterOpenChange={(shown) => shown && input.current?.focus({ cursor: 'all' })}
      destroyOnHidden
    >
      <Input
        ref={input}
        value={text}
        role="combobox"
        aria-expanded={options.length > 0}
        aria-controls="palette-options"
        {...(options.length > 0 ? { 'aria-activedescendant': `palette-${current}` } : {})}
        aria-label={t('palette.label')}
        placeholder={t('palette.placeholder')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          // Enter that ends a pinyin composition chooses characters, not a row.
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') setCurrent(Math.min(options.length - 1, current + 1));
          else if (event.key === 'ArrowUp') setCurrent(Math.max(0, current - 1));
          else if (event.key === 'Enter') go(current);
          else return;
          event.preventDefault();
        }}
      />
      {options.length === 0 ? (
        <Empty description={t('palette.empty')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : null}
      <ul
        id="palette-options"
        role="listbox"
        aria-label={t('palette.label')}
        className="heshi-palette-options"
      >
        {options.map((option, index) => (
          <li
            key={option.key}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === current}
            onMouseEnter={() => setCurrent(index)}
            onClick={() => go(index)}
            className="heshi-palette-option"
          >
            {option.label}
          </li>
        ))}
      </ul>
    </Modal>
  );
}
