import { useQuery } from '@tanstack/react-query'
import { getOptions } from '../api/forms.ts'
import type { Option } from '../api/types.ts'
import { useLanguage } from '../kit/model-context.tsx'

/** How an option of a long list is called; undefined until that is known. */
export function useOptionLabel(entity: string, field: string, value: unknown): Option | undefined {
  const language = useLanguage()
  const name = typeof value === 'string' ? value : undefined
  const { data } = useQuery({
    queryKey: ['option-label', entity, field, name, language],
    queryFn: () => askTogether(entity, field, name!, language),
    enabled: name !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? undefined
}

interface Batch {
  readonly names: Set<string>
  readonly answer: Promise<readonly Option[]>
}

const waiting = new Map<string, Batch>()

/** The cells of a column ask in one request. */
async function askTogether(
  entity: string,
  field: string,
  name: string,
  language: string,
): Promise<Option | null> {
  const key = `${entity} ${field} ${language}`
  let batch = waiting.get(key)
  if (batch === undefined) {
    const names = new Set<string>()
    const answer = new Promise<void>((resolve) => setTimeout(resolve)).then(() => {
      waiting.delete(key)
      return getOptions(entity, field, { names: [...names].join(',') })
    })
    batch = { names, answer }
    waiting.set(key, batch)
  }
  batch.names.add(name)
  return (await batch.answer).find((option) => option.name === name) ?? null
}
