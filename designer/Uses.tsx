import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { textIn } from '../metadata/text.ts'
import { Button } from '../runtime-ui/kit/Button.tsx'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { usePlaceWords } from './inspector/use-place-words.ts'
import { definitionAddress, kindIcon } from './places.ts'
import { stepsOf } from './review/ProblemList.tsx'
import { useDefinition } from './store/store.tsx'
import { listUses, type Use } from './uses-api.ts'

/** Definitions that are listed at once; each is read for the words of its places. */
const MOST_DEFINITIONS = 20

/** Paths of a definition that are written out; the others are counted. */
const MOST_PATHS = 3

/** What mentions a definition in force, each place in words. */
export function Uses({ kind, name }: { readonly kind: string; readonly name: string }) {
  const { t, i18n } = useTranslation()
  const uses = useQuery({
    queryKey: ['meta', 'uses', kind, name, i18n.language],
    queryFn: () => listUses(kind, name),
  })
  const [isAll, setAll] = useState(false)
  const using = byDefinition(uses.data ?? [])
  const shown = isAll ? using : using.slice(0, MOST_DEFINITIONS)
  return (
    <aside className="uses">
      <h2 className="h3 row section-head">
        {t('designer.uses')}
        {uses.data === undefined ? null : <span className="count num">{using.length}</span>}
      </h2>
      {uses.isError ? <p className="t13 bad">{t('designer.usesFailed')}</p> : null}
      {uses.isSuccess && using.length === 0 ? <p className="t13 ink-3">{t('designer.unused')}</p> : null}
      <ul>
        {shown.map((one) => (
          <UsingRow key={`${one.definition.kind}/${one.definition.name}`} {...one} />
        ))}
      </ul>
      {shown.length < using.length ? (
        <Button onClick={() => setAll(true)}>
          {t('designer.otherUses', { count: using.length - shown.length })}
        </Button>
      ) : null}
    </aside>
  )
}

interface UsingDefinition {
  readonly definition: Use['definition']
  /** By path. */
  readonly places: ReadonlyMap<string, Use>
}

function UsingRow({ definition, places }: UsingDefinition) {
  const { t, i18n } = useTranslation()
  const words = usePlaceWords([definition.kind])
  // Its paths are those of what is in force.
  const { inForce } = useDefinition(definition)
  return (
    <li className="use-row">
      <Icon name={kindIcon(definition.kind)} />
      <div className="grow">
        <Link
          className="definition-link"
          to={`${definitionAddress(definition.kind, definition.name)}#${stepsOf([...places.keys()][0] ?? '').join('/')}`}
        >
          {textIn(definition.label, i18n.language, definition.name)}
        </Link>
        <span className="t12 ink-3 use-places">
          {[...places.values()]
            .map(({ path, entries }) => words(definition.kind, stepsOf(path), inForce, entries))
            .filter((place, at, all) => all.indexOf(place) === at)
            .slice(0, MOST_PATHS)
            .join(t('account.comma'))}
          {places.size > MOST_PATHS ? ` +${places.size - MOST_PATHS}` : ''}
        </span>
      </div>
    </li>
  )
}

/** The uses gathered by the definition that mentions. */
function byDefinition(uses: readonly Use[]): readonly UsingDefinition[] {
  const groups = new Map<string, { definition: Use['definition']; places: Map<string, Use> }>()
  for (const use of uses) {
    const key = `${use.definition.kind}/${use.definition.name}`
    const group = groups.get(key) ?? { definition: use.definition, places: new Map() }
    group.places.set(use.path, use)
    groups.set(key, group)
  }
  return [...groups.values()]
}
