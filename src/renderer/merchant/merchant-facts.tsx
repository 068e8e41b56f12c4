import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import type { Capability } from '../../domain/organisation/index.ts';
import { creditCodeCautions } from '../../domain/merchant/codes.ts';
import { useSession } from '../kernel/app/session.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { useWording } from '../kernel/components/wording.ts';
import { useContactText } from './register/contact-text.ts';

/** What this workstation knows of a merchant: the records that name it, and how to reach it. */
export function MerchantFacts({ merchant: { state, summary, counts } }: { merchant: MerchantDetail }) {
  const { t } = useTranslation('merchants');
  const register = useTranslation('register');
  const codes = useCodeWords();
  const contactText = useContactText();
  const word = useWording();
  const known = (text: string | null) => text ?? t('page.unknown');
  return (
    <div className="heshi-merchant-column">
      <Card size="small" title={<h2>{t('page.counts')}</h2>}>
        <dl className="heshi-counts">
          <Count
            name={t('page.cases')}
            value={counts.cases}
            needs="case.read"
            href={`/cases?show=all&merchant=${encodeURIComponent(state.id)}`}
          />
          <Count
            name={t('page.open')}
            value={summary.openCases}
            needs="case.read"
            href={`/cases?merchant=${encodeURIComponent(state.id)}`}
          />
          <Count
            name={t('page.returns')}
            value={counts.returns}
            needs="return.read"
            href={`/returns?merchantId=${encodeURIComponent(state.id)}`}
          />
          <Count
            name={t('page.returnsGranted')}
            value={counts.returnsGranted}
            needs="return.read"
            href={`/returns?status=granted&merchantId=${encodeURIComponent(state.id)}`}
          />
        </dl>
        <p className="heshi-follows">
          {t('page.settledOf', { settled: counts.settled, cases: counts.cases })}
        </p>
      </Card>
      <Card size="small" title={<h2>{t('page.about')}</h2>}>
        <Descriptions
          size="small"
          column={1}
          items={[
            {
              key: 'category',
              label: t('page.category'),
              children: codes.word('merchantCategory', state.category),
            },
            { key: 'unit', label: t('page.unit'), children: summary.unitName },
            {
              key: 'code',
              label: t('page.creditCode'),
              children: (
                <div>
                  {known(state.creditCode)}
                  {creditCodeCautions(state.creditCode ?? '').map((one) => (
                    <div key={one.rule} className="heshi-caution">
                      {word(one)}
                    </div>
                  ))}
                </div>
              ),
            },
            ...(state.aliases?.length
              ? [{ key: 'aliases', label: register.t('form.aliases'), children: state.aliases.join(' ') }]
              : []),
            { key: 'address', label: t('page.address'), children: known(state.address) },
            { key: 'contact', label: t('page.contact'), children: known(state.contactName) },
            { key: 'phone', label: t('page.phone'), children: known(state.phone) },
            ...(state.contacts?.length
              ? [
                  {
                    key: 'contacts',
                    label: register.t('contacts.title'),
                    children: (
                      <ul className="heshi-flush">
                        {state.contacts.map((one) => (
                          <li key={contactText(one)}>{contactText(one)}</li>
                        ))}
                      </ul>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
    </div>
  );
}

/** A figure, and the way to its records for who may read them. */
function Count({
  name,
  value,
  href,
  needs,
}: {
  name: string;
  value: number;
  href: string;
  needs: Capability;
}) {
  const { t } = useTranslation('merchants');
  const { staff } = useSession();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === 0 || !staff.capabilities.includes(needs) ? (
          value
        ) : (
          <Link to={href} aria-label={`${value} · ${t('page.openOf', { what: name })}`}>
            {value}
          </Link>
        )}
      </dd>
    </div>
  );
}
