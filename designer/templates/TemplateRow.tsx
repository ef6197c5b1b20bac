import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { listKinds } from '../api.ts'
import { labelText } from '../places.ts'
import { screenshotAddress, type TemplateItem } from './api.ts'
import { picturesFor } from './Pictures.tsx'

interface TemplateRowProps {
  readonly template: TemplateItem
  /** What another template is called. */
  readonly labelOf: (name: string) => string
  readonly mayAct: boolean
  readonly onLook: () => void
  readonly onInstall: () => void
  readonly onUpgrade: () => void
  readonly onAnswer: () => void
  readonly onUninstall: () => void
}

/** Kinds that are named; of the others only how many there are matters. */
const MOST_KINDS = 6

/** One template: what it is for, what it holds, what can be done with it here. */
export function TemplateRow({ template, labelOf, mayAct, ...acts }: TemplateRowProps) {
  const { onLook, onInstall, onUpgrade, onAnswer, onUninstall } = acts
  const { t, i18n } = useTranslation()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const { name, version, installed, requires } = template
  const inLanguage = (text: Parameters<typeof textIn>[0]): string => textIn(text, i18n.language, name)
  const kindOf = (kind: string): string =>
    labelText(kinds.data?.find((one) => one.kind === kind)?.label, i18n.language, kind)
  const counts = Object.entries(template.counts)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_KINDS)
  const [picture] = picturesFor(template, i18n.language)
  const isNewer = installed !== null && installed !== version
  return (
    <li className="template" data-template={name} data-pictured={picture === undefined ? undefined : true}>
      {picture === undefined ? null : (
        <button
          type="button"
          className="template-cover"
          aria-label={t('templates.lookOf', { label: inLanguage(template.label) })}
          onClick={onLook}
        >
          <img src={screenshotAddress(name, picture.file)} alt="" loading="lazy" />
        </button>
      )}
      <div className="template-head">
        <h2 className="h3">{inLanguage(template.label)}</h2>
        <span className="num t12 ink-3">{version}</span>
        {installed === null ? null : (
          <span className="chip jade">
            {isNewer ? t('templates.installedOlder', { version: installed }) : t('templates.installed')}
          </span>
        )}
        <span className="grow" />
        <Button type="text" className="template-look" onClick={onLook}>
          {t('templates.look')}
        </Button>
        {!mayAct ? null : installed === null ? (
          <Button onClick={onInstall}>{t('templates.install')}</Button>
        ) : (
          <>
            {isNewer ? <Button onClick={onUpgrade}>{t('templates.upgrade')}</Button> : null}
            {isNewer || template.parameters.length === 0 ? null : (
              <Button type="text" onClick={onAnswer}>
                {t('templates.answer')}
              </Button>
            )}
            <Button type="text" onClick={onUninstall}>
              {t('templates.uninstall')}
            </Button>
          </>
        )}
      </div>
      {template.summary === undefined ? null : <p className="ink-2">{inLanguage(template.summary)}</p>}
      {requires.length === 0 ? null : (
        <p className="t13 ink-3">
          {t('templates.requires', { names: requires.map(labelOf).join(t('templates.between')) })}
        </p>
      )}
      <dl className="template-counts t13">
        {counts.map(([kind, count]) => (
          <div key={kind}>
            <dt className="ink-3">{kindOf(kind)}</dt>
            <dd className="num">{count}</dd>
          </div>
        ))}
      </dl>
      {template.entities.length === 0 ? null : (
        <p className="t13 template-entities">
          <span className="ink-3">{t('templates.holds')} </span>
          {template.entities
            .map((entity) => textIn(entity.label, i18n.language, entity.name))
            .join(t('templates.between'))}
        </p>
      )}
    </li>
  )
}
