import { type ReactNode, useMemo } from 'react'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { useWork, WorkContext } from '../../runtime-ui/kit/model-context.tsx'

/** What is inside knows an entity as it is given, in place of how it is in force. */
export function WithEntity({ entity, children }: { readonly entity: Entity; readonly children: ReactNode }) {
  const { me, model } = useWork()
  const work = useMemo(() => {
    const others = model.entities.filter(({ name }) => name !== entity.name)
    return { me, model: { ...model, entities: [...others, entity] } }
  }, [me, model, entity])
  return <WorkContext.Provider value={work}>{children}</WorkContext.Provider>
}
