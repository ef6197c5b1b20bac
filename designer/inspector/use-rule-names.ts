import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, Option } from '../../runtime-ui/api/types.ts'
import { useEntity, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { getRuleCatalogue } from '../store/rule-api.ts'
import { useLiveEntity } from '../views/use-live-entity.ts'
import type { NamedField, RuleNames } from './rule-completion.ts'

/** A name that is no plain word stands in brackets. */
const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** What a rule about an entity may name: what is in force, and the fields that only the draft has. */
export function useRuleNames(entity: string | undefined): RuleNames {
  const { i18n } = useTranslation()
  const isKnown = useEntity(entity) !== undefined
  const { model } = useWork()
  const { drawn } = useLiveEntity(entity ?? '')
  const about = isKnown ? entity : undefined
  const { data } = useQuery({
    queryKey: ['rules', 'catalogue', about, i18n.language],
    queryFn: () => getRuleCatalogue(about),
    staleTime: 60_000,
  })
  return useMemo(() => {
    const own = new Map(drawn?.fields.map((field) => [field.name, field]))
    const of = (name: string): Entity | undefined => model.entities.find((one) => one.name === name)
    const known = new Set(data?.fields.map(({ path }) => path))
    const fields = (data?.fields ?? []).map(({ path, text, label, options }): NamedField => {
      if (options === undefined) return { text, label }
      const labels = new Map(choicesAt(drawn, path.split('.'), of).map((one) => [one.name, one.label]))
      return { text, label, options: options.map((name) => ({ name, label: labels.get(name) ?? name })) }
    })
    const drafted = [...own.values()]
      .filter(({ name }) => !known.has(name))
      .map(({ name, label, options }): NamedField => {
        const text = PLAIN.test(name) ? name : `[${name}]`
        return options === undefined ? { text, label } : { text, label, options }
      })
    // Signs and words that stand between values are typed as they are.
    const functions = (data?.operators ?? []).filter(({ text }) => /^[A-Z_]+$/.test(text))
    return { fields: [...fields, ...drafted], functions }
  }, [data, drawn, model])
}

/** What may be chosen at the end of a path: options of a field, or its stages. */
function choicesAt(
  entity: Entity | undefined,
  [first = '', ...rest]: readonly string[],
  of: (name: string) => Entity | undefined,
): readonly Pick<Option, 'name' | 'label'>[] {
  const field = entity?.fields.find(({ name }) => name === first)
  if (rest.length > 0) return choicesAt(of(field?.relation?.to[0] ?? ''), rest, of)
  return field?.options ?? []
}
