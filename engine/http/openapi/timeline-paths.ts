import type { CompiledEntity } from '../../model/compiled.ts'
import { timelineTypes } from '../../process/timeline/types.ts'
import type { ModelView } from '../model/model-view.ts'
import { operation, type Paths, ref } from './operation.ts'
import { page } from './record-answers.ts'
import { AFTER, ID, LIMIT } from './record-parameters.ts'

/** All that happened to the records of an entity. */
export function timelinePaths(view: ModelView, entity: CompiledEntity, label: string, base: string): Paths {
  const types = timelineTypes(view, entity).join(', ')
  return {
    [`${base}/{id}/timeline`]: {
      get: operation({
        id: `timeline_of_${entity.name}`,
        tag: entity.name,
        summary: `All that happened, joined: ${label}`,
        parameters: [
          ID,
          {
            ...{ name: 'types', in: 'query', schema: { type: 'string' } },
            description: `Types of entries, separated by commas; all when absent. Of: ${types}.`,
          },
          { ...LIMIT, description: 'Entries a page.' },
          AFTER,
        ],
        answers: { 200: page(ref('TimelineEntry'), 'The newest first.') },
      }),
    },
  }
}
