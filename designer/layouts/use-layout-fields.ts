import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { titleOf, variantsOf, wordsOf } from '../inspector/schema.ts'
import { schemaQuery } from '../inspector/use-place-words.ts'
import { fieldsOf } from '../model/model-graph.ts'
import { useDefinition } from '../store/store.tsx'
import type { LayoutField } from './layout-context.ts'
import { textsIn } from './layout-edit.ts'

/** What a type of field is called, by its name. */
export function useTypeWords(): (type: string) => string {
  const { i18n } = useTranslation()
  const { data: schema } = useQuery(schemaQuery('entity'))
  const item = schema?.properties?.fields?.items
  const variants = schema === undefined || item === undefined ? [] : variantsOf(schema, item)
  return (type) => {
    const variant = variants.find(({ value }) => value === type)
    return titleOf(variant?.schema, i18n.language, wordsOf(type))
  }
}

/** The fields of an entity as the draft has them, those included that it has without saying so. */
export function useLayoutFields(entity: string) {
  const { t, i18n } = useTranslation()
  const { now } = useDefinition({ kind: 'entity', name: entity })
  const typeWord = useTypeWords()
  const own = fieldsOf(now).map((field): LayoutField => {
    const name = String(field.name ?? '')
    const type = String(field.type ?? '')
    const label = textIn(field.label as Parameters<typeof textIn>[0], i18n.language, name)
    return { name, label, type, typeWord: typeWord(type), isRequired: field.required === true }
  })
  const owner: LayoutField = {
    ...{ name: 'owner', label: t('layouts.owner'), type: 'user' },
    ...{ typeWord: typeWord('user'), isRequired: false },
  }
  const isOwned = now?.owned === true && !own.some(({ name }) => name === 'owner')
  return {
    fields: isOwned ? [...own, owner] : own,
    features: new Set(textsIn(now?.features)) as ReadonlySet<string>,
    title: typeof now?.title === 'string' ? now.title : undefined,
  }
}
