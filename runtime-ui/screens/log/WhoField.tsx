import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { search } from '../../api/search.ts'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { isPerson } from '../list/NameCell.tsx'
import { namedAlone, readCaller } from './callers.ts'

/** Somebody who is there, or somebody new by what was typed. */
export type Who =
  | { readonly kind: 'known'; readonly entity: Entity; readonly id: string }
  | { readonly kind: 'new'; readonly entity: Entity; readonly text: string }

const PAUSE_MS = 200

/** Finds whom it is about by name or number while one types; who is not there is made with it. */
export function WhoField({
  subjects,
  onWho,
}: {
  readonly subjects: readonly Entity[]
  readonly onWho: (who: Who) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(true)
  const words = useRested(text.trim())
  const hits = useQuery({
    queryKey: ['records', 'search', 'who', words],
    queryFn: ({ signal }) => search(words, undefined, signal),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  })
  const known = (text.trim() === '' ? [] : (hits.data?.data ?? [])).flatMap((hit) => {
    const entity = subjects.find(({ name }) => name === hit.entity)
    return entity === undefined ? [] : [{ value: `${hit.entity} ${hit.id}`, label: hit.label, entity, hit }]
  })
  const made =
    text.trim() === ''
      ? []
      : namedAlone(subjects).map((entity) => ({
          value: `new ${entity.name}`,
          label: text,
          entity,
          hit: null,
        }))
  const options = [...known, ...made]
  return (
    <div className="field">
      <label htmlFor="log-who">{t('log.who')}</label>
      <Select
        id="log-who"
        className="wide"
        autoFocus
        open={open && text.trim() !== ''}
        onOpenChange={setOpen}
        showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
        placeholder={t('log.whoExample')}
        suffixIcon={<Icon name="search" />}
        notFoundContent={<span className="ink-3 t13">{t('picker.searching')}</span>}
        value={null}
        options={options}
        optionRender={({ data: { entity, hit } }) => (
          <span className="row who-line">
            {hit === null ? <Icon name="plus" /> : <Avatar name={hit.label} person={isPerson(entity)} />}
            <span className="cut">
              {hit === null
                ? t('log.newOf', { entity: entity.label, title: readCaller(text).name })
                : hit.label}
            </span>
            <span className="end t12 ink-3 cut">{hit === null ? readCaller(text).phone : entity.label}</span>
          </span>
        )}
        onSelect={(value) => {
          const chosen = options.find((option) => option.value === value)
          if (chosen === undefined) return
          const { entity, hit } = chosen
          onWho(hit === null ? { kind: 'new', entity, text } : { kind: 'known', entity, id: hit.id })
        }}
      />
    </div>
  )
}

/** A text that has rested for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
