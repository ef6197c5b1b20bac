import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import type { VersionControlled } from '../api.ts'

/** Who agreed to a version, what they were asked about, or why it did without. */
export function VersionControl({ control }: { readonly control: VersionControlled }) {
  const { t, i18n } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const { asked, said, impact, emergency } = control
  const nameOf = (person: { readonly label: string | null } | null) => person?.label ?? t('record.somebody')
  return (
    <>
      <Button
        size="small"
        type="text"
        icon={<Icon name={emergency === null ? 'check' : 'alert'} />}
        aria-label={t('agreement.version')}
        title={t('agreement.version')}
        onClick={() => setIsOpen(true)}
      />
      <Sheet open={isOpen} title={t('agreement.version')} onClose={() => setIsOpen(false)}>
        <div className="version-control">
          {emergency === null ? null : (
            <p className="note bad-note t13">
              <Icon name="alert" />
              <span>{t('agreement.versionEmergency', { reason: emergency.reason })}</span>
            </p>
          )}
          {asked === null ? null : (
            <p className="t13">
              {t('agreement.askedBy', { name: nameOf(asked.by) })} <InstantText instant={asked.at} />
              {asked.text === null ? null : <q className="agreement-words">{asked.text}</q>}
            </p>
          )}
          <ul className="agreement-people">
            {said.map((one) => (
              <li key={one.at + one.person?.id} className={`agreement-person t13 ${one.decision}`}>
                <Icon name={one.decision === 'agreed' ? 'check' : 'close'} />
                <span className="grow">
                  <span className="strong">{nameOf(one.person)}</span>{' '}
                  <span className="ink-2">
                    {t(`agreement.${one.decision}`)} {one.counts ? null : t('agreement.versionEarlier')}
                  </span>
                  {one.text === null ? null : <q className="agreement-words">{one.text}</q>}
                </span>
              </li>
            ))}
          </ul>
          {impact.length === 0 ? null : (
            <>
              <h2 className="h3">{t('agreement.versionImpact')}</h2>
              <ul className="agreement-people t13">
                {impact.map((step) => (
                  <li key={step.sentence.en} className="agreement-person">
                    <span className={`plan-mark ${step.tag}`} aria-hidden="true" />
                    <span className="grow">{textIn(step.sentence, i18n.language, '')}</span>
                    {step.records === undefined ? null : (
                      <span className="num ink-2 nowrap">
                        {t('agreement.records', { count: step.records })}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </Sheet>
    </>
  )
}
