import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isObject } from '../store/json-value.ts'
import { useDefinition } from '../store/store.tsx'
import { listConnections } from './api.ts'

/**
 * The operations of a connection: those of its connector, and those that it declares, as the draft has it.
 * @param connection undefined where none is asked about
 */
export function useOperations(connection: string | undefined): readonly string[] {
  const { i18n } = useTranslation()
  const { now } = useDefinition({ kind: 'connection', name: connection ?? '' })
  // Whoever may not look after connections is told those that the definition declares.
  const { data } = useQuery({
    queryKey: ['connections', i18n.language],
    queryFn: listConnections,
    enabled: connection !== undefined,
    retry: false,
  })
  const settings = isObject(now?.settings) ? now.settings : {}
  const declared = Array.isArray(settings.operations)
    ? settings.operations.flatMap((one) => (isObject(one) && typeof one.name === 'string' ? [one.name] : []))
    : []
  const known = data?.find(({ name }) => name === connection)?.operations ?? []
  return [...new Set([...declared, ...known])]
}
