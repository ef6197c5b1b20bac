import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { type KeptFile, keptFiles, moveFile } from '../../runtime-ui/screens/import/kept-file.ts'

/** Files whose rows are still to come, the latest first. */
export function useKeptFiles(): readonly KeptFile[] {
  const { me } = useWork()
  const kept = useQuery({
    queryKey: ['kept-files', me.workspace, me.user.id],
    queryFn: () => keptFiles(me),
    // The rows may come in another tab, from which one comes back.
    refetchOnWindowFocus: 'always',
  })
  return kept.data ?? []
}

/** Those whose entity is in force, for who may import into it. */
export function useRowsToBring(): readonly KeptFile[] {
  const { model } = useWork()
  return useKeptFiles().filter(({ entity }) =>
    model.entities.some(({ name, rights }) => name === entity && rights.import),
  )
}

/** Takes the file of an entity along to another name of it. */
export function useMoveKeptFile() {
  const { me } = useWork()
  const client = useQueryClient()
  return async (from: string, to: string): Promise<void> => {
    await moveFile(me, from, to)
    await client.invalidateQueries({ queryKey: ['kept-files'] })
  }
}

/** The page that takes the rows: it opens with the file that is kept. */
export const importAddress = (entity: string): string => `/records/${encodeURIComponent(entity)}/import`
