import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { uploadImport } from '../../api/imports.ts'
import type { Entity } from '../../api/types.ts'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { NotFound } from '../NotFound.tsx'
import { FilePlace } from './FilePlace.tsx'
import { takeFile } from './handed-file.ts'
import { ImportForm } from './ImportForm.tsx'
import './import.css'

/** Records from the rows of a file: which column goes where, what would come of it, the import, and the way back. */
export function ImportScreen() {
  const entity = useEntity(useParams().entity)
  if (entity === undefined || !entity.rights.import) return <NotFound />
  return <Import key={entity.name} entity={entity} />
}

function Import({ entity }: { readonly entity: Entity }) {
  const { t } = useTranslation()
  const list = `/records/${entity.name}`
  const upload = useMutation({ mutationFn: (file: File) => uploadImport(entity.name, file) })
  const begun = useRef(false)
  const { mutate } = upload
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const file = takeFile(entity.name)
    if (file !== undefined) mutate(file)
  }, [entity.name, mutate])
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
              {t('import.reading', { name: upload.variables.name })}
            </p>
            <LoadingRows rows={6} />
          </div>
        ) : null}
        {upload.isIdle || upload.isError ? (
          <FilePlace text={t('import.dropText', { entities: entity.plural })} onFile={mutate} />
        ) : null}
        {upload.isSuccess ? (
          <ImportForm key={upload.data.id} entity={entity} upload={upload.data} onAnother={upload.reset} />
        ) : null}
      </div>
    </Page>
  )
}
