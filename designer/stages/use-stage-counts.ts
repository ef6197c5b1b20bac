import { useQuery } from '@tanstack/react-query'
import { groupFigures } from '../../runtime-ui/api/records.ts'
import { useEntity } from '../../runtime-ui/kit/model-context.tsx'
import type { Json } from '../store/json-value.ts'

/** Records in each stage of a pipeline in force, by its name; undefined where one may not read them. */
export function useStageCounts(inForce: Json | undefined): ReadonlyMap<string, number> | undefined {
  const name = typeof inForce?.entity === 'string' ? inForce.entity : ''
  const field = typeof inForce?.field === 'string' ? inForce.field : ''
  const entity = useEntity(name)
  const figures = useQuery({
    queryKey: ['records', name, 'stage counts', field, inForce?.when ?? null],
    queryFn: async () => {
      const rows = await groupFigures(name, [field], { filter: inForce?.when }, [{ fn: 'count' }])
      return new Map(rows.map((row) => [row[field], Number(row.count)]))
    },
    enabled: entity?.fields.some((one) => one.name === field) === true,
  })
  if (figures.data === undefined || inForce === undefined) return undefined
  const stages = Array.isArray(inForce.stages) ? (inForce.stages as readonly Json[]) : []
  // A stage without records is not told.
  return new Map(stages.map((stage) => [String(stage.name), figures.data.get(String(stage.name)) ?? 0]))
}
