import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** A quiet way on for whoever remembers a case that is not in the list any more. */
export function OlderCases() {
  const { t } = useTranslation('archive');
  return (
    <Link to="/cases/archive" className="heshi-hint heshi-underlined">
      {t('link')}
    </Link>
  );
}
