import { useQueries } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { ChangesetItem } from '../api.ts'
import { useCalledAt } from '../inspector/use-called-at.ts'
import { schemaQuery, usePlaceWords } from '../inspector/use-place-words.ts'
import { useValueWord } from '../inspector/use-value-word.ts'
import { ValueWords } from '../inspector/ValueWords.tsx'
import { definitionAddress, kindIcon } from '../places.ts'
import { ChangeLine } from '../roles/ChangeLine.tsx'
import { roleChanges } from '../roles/roles-context.tsx'
import { type Difference, differences, type Json, listChange } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { FateChip } from './FateChip.tsx'
import { inForceQuery } from './in-force-query.ts'
import { asItWas, wherePartsDiffer, withoutUsual } from './told-changes.ts'

/** Places of one definition that are told; the others are counted. */
const MOST = 12

/** What the draft says otherwise, definition by definition: the plan says what comes of it, this what was written. */
export function DraftChanges({ items }: { readonly items: readonly ChangesetItem[] }) {
  const { t } = useTranslation()
  const { index } = useStore()
  const changed = items.filter((item) => item.definition !== null && index.has(`${item.kind}/${item.name}`))
  const answers = useQueries({
    queries: changed.map(({ kind, name }) => inForceQuery(kind, name)),
  })
  const schemas = useQueries({ queries: changed.map(({ kind }) => schemaQuery(kind)) })
  const told = changed.flatMap((item, at) => {
    const inForce = answers[at]?.data?.data
    // Without the schema places would be called as they are stored, until it is there.
    if (inForce === undefined || schemas[at]?.isPending !== false) return []
    const places =
      item.kind === 'role'
        ? roleChanges(inForce, item.definition)
        : withoutUsual(differences(inForce, item.definition), schemas[at]?.data, {
            before: inForce,
            after: item.definition,
          })
    return places.length === 0 ? [] : [{ item, inForce, places }]
  })
  if (told.length === 0) return null
  return (
    <section className="review-details" aria-label={t('drafts.changes')}>
      <h2 className="h3">{t('drafts.changes')}</h2>
      {told.map((one) => (
        <Changed key={`${one.item.kind}/${one.item.name}`} {...one} />
      ))}
    </section>
  )
}

interface ChangedProps {
  readonly item: ChangesetItem
  readonly inForce: Json
  readonly places: readonly Difference[]
}

function Changed({ item, inForce, places }: ChangedProps) {
  const { t, i18n } = useTranslation()
  const words = usePlaceWords([item.kind])
  const word = useValueWord([item.kind])
  const calledAt = useCalledAt()
  const label = (item.definition as Json).label as Parameters<typeof textIn>[0]
  /** The definition in which a place is called as it is: of what went the one before. */
  const around = ({ fate, path, to }: Difference): unknown => {
    if (fate === 'removed') return inForce
    return to === undefined && fate === undefined ? asItWas(item.definition, inForce, path) : item.definition
  }
  return (
    <div className="changed-definition">
      <p className="row">
        <Icon name={kindIcon(item.kind)} />
        <Link className="plain-link strong" to={definitionAddress(item.kind, item.name)}>
          {textIn(label, i18n.language, item.name)}
        </Link>
        <span className="mono ink-3">{item.name}</span>
      </p>
      <ul>
        {places.slice(0, MOST).map((change) => (
          <li key={`${change.fate ?? ''} ${change.path.join('/')}`} className="change-line t13">
            {item.kind === 'role' ? (
              <ChangeLine change={change} />
            ) : (
              <span className="grow change-text">
                <span className="ink-2">{words(item.kind, change.path, around(change))}</span>{' '}
                {change.fate === undefined ? (
                  <Values
                    change={change}
                    called={calledAt(item.kind, item.definition as Json, change.path)}
                    word={(value) => word(item.kind, change.path, around(change), value)}
                  />
                ) : (
                  <FateChip fate={change.fate} />
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {places.length > MOST ? (
        <p className="t13 ink-3">{t('drafts.morePlaces', { count: places.length - MOST })}</p>
      ) : null}
    </div>
  )
}

interface ValuesProps {
  readonly change: Difference
  readonly called: ((name: string) => string) | undefined
  readonly word: (value: unknown) => string | undefined
}

const Was = (words: ComponentProps<typeof ValueWords>) => (
  <s className="ink-3">
    <ValueWords {...words} />
  </s>
)

const Is = (words: ComponentProps<typeof ValueWords>) => (
  <span className="strong">
    <ValueWords {...words} />
  </span>
)

/** What stood there and what stands there now; of a list only what came and what went. */
function Values({ change, called, word }: ValuesProps) {
  const { t } = useTranslation()
  const list = listChange(change.from, change.to)
  if (list !== undefined && list.gone.length + list.come.length === 0)
    return <span>{t('drafts.reordered')}</span>
  if (list !== undefined) {
    return (
      <span className="row change-values">
        {list.gone.length === 0 ? null : (
          <span>
            {t('drafts.gone')} <Was value={list.gone} called={called} />
          </span>
        )}
        {list.come.length === 0 ? null : (
          <span>
            {t('drafts.come')} <Is value={list.come} called={called} />
          </span>
        )}
      </span>
    )
  }
  const [from, to] = wherePartsDiffer(change.from, change.to)
  return (
    <span className="row change-values">
      <Was value={from} called={called} word={word(change.from)} />
      <span aria-hidden="true">→</span>
      <Is value={to} called={called} word={word(change.to)} />
    </span>
  )
}
