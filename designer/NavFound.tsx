import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { textIn } from '../metadata/text.ts'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../runtime-ui/kit/model-context.tsx'
import { fieldIcon } from './model/field-icons.ts'
import { type Findable, found } from './nav-search.ts'
import { definitionAddress, kindIcon } from './places.ts'
import { addressOf, definitionIn } from './store/draft.ts'
import { isObject } from './store/json-value.ts'
import { listRules } from './store/rule-api.ts'
import { useStore } from './store/store.tsx'
import { ENGINE_OWN, useNames } from './store/use-names.ts'

/** What the search offers at once. */
const MOST = 40

type Text = Parameters<typeof textIn>[0]

/**
 * Definitions of all kinds and fields of entities whose name, label or sentence has the text, and rules that say it. What is
 * called so comes first.
 */
export function NavFound({ text, onOpen }: { readonly text: string; readonly onOpen: () => void }) {
  const { t } = useTranslation()
  const rules = useRules()
  const hits = found([...useFindables(), ...rules], text)
  if (hits.length === 0) return <p className="t13 ink-3 nav-fault">{t('designer.noneFound')}</p>
  return (
    <ul aria-label={t('designer.found', { count: hits.length })}>
      {hits.slice(0, MOST).map((item) => (
        <li key={item.to}>
          <NavLink
            className={({ isActive }) => (isActive && !item.to.includes('#') ? 'nav-item on' : 'nav-item')}
            to={item.to}
            onClick={onOpen}
          >
            <Icon name={item.icon} />
            {item.isRule === true ? (
              <span className="nav-rule">
                <span className="cut">{item.of}</span>
                <span className="t12 ink-2 nav-said">{item.label}</span>
              </span>
            ) : (
              <>
                <span className="cut">{item.label}</span>
                {item.of === undefined ? null : <span className="end t12 ink-3 cut nav-of">{item.of}</span>}
              </>
            )}
          </NavLink>
        </li>
      ))}
      {hits.length > MOST ? (
        <li className="t12 ink-3 nav-fault">{t('designer.moreFound', { count: hits.length - MOST })}</li>
      ) : null}
    </ul>
  )
}

/** Everything that may be found, put together anew when the model or the draft changes, and not with each letter. */
function useFindables(): readonly Findable[] {
  const language = useLanguage()
  const { model } = useWork()
  const { index, fates, draft, items } = useStore()
  const [fields, definitions] = [useFields(), useDefinitions()]
  // biome-ignore lint/correctness/useExhaustiveDependencies: what both are made of
  return useMemo(() => [...fields(), ...definitions()], [language, model, index, fates, draft, items])
}

/** Rules in force by what they say; asked for when somebody looks for something. */
function useRules(): readonly Findable[] {
  const language = useLanguage()
  const { data } = useQuery({
    queryKey: ['meta', 'rules', language],
    queryFn: listRules,
    staleTime: 60_000,
  })
  return useMemo(
    () =>
      (data ?? []).flatMap(({ kind, name, label, rules }) =>
        rules.map(({ path, text }) => ({
          to: `${definitionAddress(kind, name)}#${path.slice(1)}`,
          icon: kindIcon(kind),
          label: text,
          of: textIn(label, language, name),
          isRule: true,
          ...{ name: '', words: '', more: text },
        })),
      ),
    [data, language],
  )
}

function useDefinitions(): () => readonly Findable[] {
  const language = useLanguage()
  const { index, fates, draft, items } = useStore()
  return () => {
    const made = [...fates].flatMap(([key, fate]) => {
      if (fate !== 'new') return []
      const of = addressOf(key)
      const now = definitionIn(draft, of, items.get(key)?.definition ?? undefined)
      return [{ ...of, label: now?.label as Text, sentence: undefined }]
    })
    return [...made, ...index.values()].map(({ kind, name, label, sentence }) => ({
      to: definitionAddress(kind, name),
      icon: kindIcon(kind),
      label: textIn(label, language, name),
      words: `${name} ${JSON.stringify(label ?? '')}`,
      more: textIn(sentence, language, ''),
      name,
    }))
  }
}

/** The fields of all entities as the draft has them, without what the engine gives each of them. */
function useFields(): () => readonly Findable[] {
  const language = useLanguage()
  const { model } = useWork()
  const { fates, draft, items } = useStore()
  const names = useNames()
  return () =>
    names.of('entity').flatMap(({ value: entity, label: of }) => {
      const key = `entity/${entity}`
      const drafted = fates.has(key)
        ? definitionIn(draft, { kind: 'entity', name: entity }, items.get(key)?.definition ?? undefined)
        : undefined
      const listed = Array.isArray(drafted?.fields)
        ? drafted.fields.filter(isObject)
        : (model.entities.find(({ name }) => name === entity)?.fields ?? [])
      return listed.flatMap(({ name, type, label }) =>
        typeof name !== 'string' || name === 'owner' || ENGINE_OWN.has(name)
          ? []
          : [
              {
                to: `${definitionAddress('entity', entity)}#fields/${name}`,
                icon: fieldIcon(String(type)),
                label: textIn(label as Text, language, name),
                words: `${name} ${JSON.stringify(label ?? '')}`,
                more: '',
                ...{ name, of },
              },
            ],
      )
    })
}
