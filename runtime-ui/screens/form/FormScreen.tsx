import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { NotFound } from '../NotFound.tsx'
import { FormEditor } from './FormEditor.tsx'
import { useFormDescription } from './use-form-description.ts'

/** Creates a record, or edits one: the form that the server generates for this person. */
export function FormScreen() {
  const { entity: name, id } = useParams()
  const entity = useEntity(name)
  if (entity === undefined) return <NotFound />
  if (id === undefined ? !entity.rights.create : !entity.rights.update) return <NotFound />
  return <Loaded key={`${entity.name} ${id ?? 'new'}`} entity={entity} id={id} />
}

function Loaded({ entity, id }: { readonly entity: Entity; readonly id: string | undefined }) {
  const { t } = useTranslation()
  /** Another arrangement than the usual one, which what is filled in asks for. */
  const [layout, setLayout] = useState<string>()
  const query = useFormDescription(entity, id, layout)
  /** How many were made one after the other. */
  const [round, setRound] = useState(0)
  const title = t(id === undefined ? 'form.newTitle' : 'form.editTitle', { entity: entity.label })
  if (query.data !== undefined) {
    return (
      <FormEditor
        key={round}
        entity={entity}
        id={id}
        title={title}
        {...query.data}
        onReload={() => void query.refetch()}
        onNext={() => {
          setLayout(undefined)
          setRound(round + 1)
        }}
        onLayout={setLayout}
      />
    )
  }
  return (
    <Page title={title} line crumbs={[{ label: entity.plural, to: `/records/${entity.name}` }]}>
      {query.isError ? (
        <ProblemState error={query.error} title={t('form.failed')} retry={() => void query.refetch()} />
      ) : (
        <LoadingRows />
      )}
    </Page>
  )
}
