import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { uploadImport } from '../../api/imports.ts'
import type { Entity } from '../../api/types.ts'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { NotFound } from '../NotFound.tsx'
import { FilePlace } from './FilePlace.tsx'
import { takeFile } from './handed-file.ts'
import { ImportForm } from './ImportForm.tsx'
import { forgetFile, type KeptFile, keptFile } from './kept-file.ts'
import './import.css'

/** Records from the rows of a file: which column goes where, what would come of it, the import, and the way back. */
export function ImportScreen() {
  const entity = useEntity(useParams().entity)
  if (entity === undefined || !entity.rights.import) return <NotFound />
  return <Import key={entity.name} entity={entity} />
}

/** A file to read, with where its columns go as far as that is known. */
type Given = Pick<KeptFile, 'file'> & Partial<Pick<KeptFile, 'fields'>>

function Import({ entity }: { readonly entity: Entity }) {
  const { t } = useTranslation()
  const { me } = useWork()
  const queryClient = useQueryClient()
  const list = `/records/${entity.name}`
  const upload = useMutation({ mutationFn: ({ file }: Given) => uploadImport(entity.name, file) })
  const begun = useRef(false)
  const { mutate } = upload
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const handed = takeFile(entity.name)
    if (handed !== undefined) return mutate({ file: handed })
    void keptFile(me, entity.name).then((kept) => kept === undefined || mutate(kept))
  }, [me, entity.name, mutate])
  const letGo = async (): Promise<void> => {
    await forgetFile(me, entity.name)
    await queryClient.invalidateQueries({ queryKey: ['kept-files'] })
  }
  return (
    <Page
      title={t('import.title', { entities: entity.plural })}
      line
      crumbs={[{ label: entity.plural, to: list }]}
      backTo={list}
      backLabel={entity.plural}
    >
      <div className="import-body">
        {upload.isError ? <FaultNote id="import-upload-fault" fault={faultOf(upload.error, t)} /> : null}
        {upload.isPending ? (
          <div aria-busy="true">
            <p className="t13 ink-2" role="status">
              {t('import.reading', { name: upload.variables.file.name })}
            </p>
            <LoadingRows rows={6} />
          </div>
        ) : null}
        {upload.isIdle || upload.isError ? (
          <FilePlace
            text={t('import.dropText', { entities: entity.plural })}
            onFile={(file) => mutate({ file })}
          />
        ) : null}
        {upload.isSuccess ? (
          <ImportForm
            key={upload.data.id}
            entity={entity}
            upload={upload.data}
            made={upload.variables.fields}
            onDone={() => void letGo()}
            onAnother={() => {
              void letGo()
              upload.reset()
            }}
          />
        ) : null}
      </div>
    </Page>
  )
}
