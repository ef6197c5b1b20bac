import { useTranslation } from 'react-i18next'
import { languageNamed } from '../../runtime-ui/i18n/languages.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { iconNamed } from '../../runtime-ui/kit/icons/paths.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { useModelPicture } from './model-context.ts'
import { type EntityCard, iconOf, type Link } from './model-graph.ts'
import type { Group } from './model-groups.ts'

interface ModelOutlineProps {
  readonly cards: readonly EntityCard[]
  readonly links: readonly Link[]
  readonly groups: readonly Group[]
  readonly folded: ReadonlySet<string>
}

/** The entities one below the other, by group: on a phone instead of the picture. */
export function ModelOutline({ cards, links, groups, folded }: ModelOutlineProps) {
  const { t } = useTranslation()
  const { selectGroup, fold } = useModelPicture()
  const byName = new Map(cards.map((card) => [card.name, card]))
  const grouped = new Set(groups.flatMap(({ names }) => names))
  const rest = cards.filter(({ name }) => !grouped.has(name))
  return (
    <>
      {groups.map(({ label, names }) => {
        const isFolded = folded.has(label)
        return (
          <section key={label} className="outline-group" aria-label={label}>
            <div className="row outline-group-head">
              <button
                type="button"
                className="row outline-fold"
                aria-expanded={!isFolded}
                onClick={() => fold([label], !isFolded)}
              >
                <Icon name={isFolded ? 'chevron_right' : 'chevron_down'} size="small" />
                <span className="cut">{label}</span>
                <span className="count num">{names.length}</span>
              </button>
              <Button type="link" className="end" onClick={() => selectGroup(label)}>
                {t('model.group.open')}
              </Button>
            </div>
            {isFolded ? null : <Rows cards={names.flatMap((name) => byName.get(name) ?? [])} links={links} />}
          </section>
        )
      })}
      {rest.length === 0 ? null : groups.length === 0 ? (
        <Rows cards={rest} links={links} />
      ) : (
        <section className="outline-group" aria-label={t('model.group.none')}>
          <p className="outline-group-head t13 ink-2">{t('model.group.none')}</p>
          <Rows cards={rest} links={links} />
        </section>
      )}
    </>
  )
}

function Rows({ cards, links }: Pick<ModelOutlineProps, 'cards' | 'links'>) {
  const { t } = useTranslation()
  const { select, called, entityCalled } = useModelPicture()
  const between = languageNamed(useLanguage()).comma
  return (
    <ol className="outline">
      {cards.map((card) => {
        const to = [...new Set(links.filter(({ from }) => from === card.name).map((link) => link.to))]
        return (
          <li key={card.name}>
            <button type="button" className="outline-row" onClick={() => select(card.name)}>
              <Icon name={iconNamed(iconOf(card))} />
              <span className="step-words grow">
                <span className="cut">{called(card.definition.label, card.name)}</span>
                <span className="cut t12 ink-2">
                  {to.length === 0 ? t('model.alone') : `→ ${to.map(entityCalled).join(between)}`}
                </span>
              </span>
              <Icon name="chevron_right" size="small" />
            </button>
          </li>
        )
      })}
    </ol>
  )
}
