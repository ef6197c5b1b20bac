import type { RJSFSchema } from '@rjsf/utils'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { getForm, getRecord } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { defaultsOf, withoutDefaults } from '../../forms/form-data.ts'
import { loadValidator } from '../../forms/validator.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { expandAll } from '../../values/references.ts'
import { NotFound } from '../NotFound.tsx'
import { FormEditor } from './FormEditor.tsx'

/** Creates a record, or edits one: the form that the server generates for this person. */
export function FormScreen() {
  const { entity: name, id } = useParams()
  const entity = useEntity(name)
  if (entity === undefined) return <NotFound />
  if (id === undefined ? !entity.rights.create : !entity.rights.update) return <NotFound />
  return <Loaded key={`${entity.name} ${id ?? 'new'}`} entity={entity} id={id} />
}

function Loaded({ entity, id }: { readonly entity: Entity; readonly id: string | undefined }) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    // Always asked anew and never refreshed underneath: a form begins with what is stored now.
    queryKey: ['form', entity.name, id ?? null, i18n.language],
    queryFn: async () => {
      // The record comes with names and child lists, which the form's own answer leaves out.
      const [given, record] = await Promise.all([
        getForm(entity.name, id),
        id === undefined ? null : getRecord(entity.name, id, expandAll(entity)),
      ])
      const schema = withoutDefaults(given.schema)
      const defaults = id === undefined ? defaultsOf(given.schema) : {}
      return {
        form: {
          ...given,
          schema,
          record,
          ...(record?.version === undefined ? {} : { version: record.version }),
        },
        defaults,
        validator: await loadValidator(given.validator, schema as RJSFSchema),
      }
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous,
  })
  const title = t(id === undefined ? 'form.newTitle' : 'form.editTitle', { entity: entity.label })
  if (query.data !== undefined) {
    return (
      <FormEditor
        entity={entity}
        id={id}
        title={title}
        {...query.data}
        onReload={() => void query.refetch()}
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
