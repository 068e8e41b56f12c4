import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { focusOpenedMenu } from '../kernel/components/focus-menu.ts';
import { STEP_GROUPS, STEPS, type StepName } from './steps/index.ts';

/** The steps that may be taken beside the likely one, group by group; nothing where there is none. */
export function StepMenu({
  steps,
  onChoose,
}: {
  steps: readonly StepName[];
  onChoose: (step: StepName) => void;
}) {
  const { t } = useTranslation('cases');
  const common = useTranslation('common');
  const groups = STEP_GROUPS.map((group) => steps.filter((one) => STEPS[one].group === group)).filter(
    (group) => group.length > 0,
  );
  if (groups.length === 0) return null;
  return (
    <Dropdown
      onOpenChange={focusOpenedMenu}
      trigger={['click']}
      menu={{
        items: groups.flatMap((group, place) => [
          ...(place > 0 ? [{ key: `line-${place}`, type: 'divider' as const }] : []),
          ...group.map((one) => ({ key: one, label: t(`step.${one}`), onClick: () => onChoose(one) })),
        ]),
      }}
    >
      <Button aria-keyshortcuts="Alt+M" title="Alt+M">
        {common.t('action.more')}
      </Button>
    </Dropdown>
  );
}
