import type { RJSFSchema, ValidatorType } from '@rjsf/utils'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getForm, getRecord } from '../../api/records.ts'
import type { Entity, FormDescription } from '../../api/types.ts'
import { defaultsOf, type FormData, withoutDefaults } from '../../forms/form-data.ts'
import { loadValidator } from '../../forms/validator.ts'
import { expandAll } from '../../values/references.ts'

/** What a form begins with: how the server draws it for this person, and what is stored. */
export interface FormStart {
  readonly form: FormDescription
  /** What a new record begins with. */
  readonly defaults: FormData
  readonly validator: ValidatorType
}

/**
 * @param id of the record that is edited; undefined for a new one
 * @param layout by name, where what is filled in asks for another than the usual one
 */
export function useFormDescription(entity: Entity, id: string | undefined, layout?: string) {
  const { i18n } = useTranslation()
  return useQuery({
    // Always asked anew and never refreshed underneath: a form begins with what is stored now.
    queryKey: ['form', entity.name, id ?? null, layout ?? null, i18n.language],
    queryFn: async (): Promise<FormStart> => {
      // The record comes with names and child lists, which the form's own answer leaves out.
      const [given, record] = await Promise.all([
        getForm(entity.name, id, layout),
        id === undefined ? null : getRecord(entity.name, id, expandAll(entity)),
      ])
      const schema = withoutDefaults(given.schema)
      const version = record?.version
      return {
        form: { ...given, schema, record, ...(version === undefined ? {} : { version }) },
        defaults: id === undefined ? defaultsOf(given.schema) : {},
        validator: await loadValidator(given.validator, schema as RJSFSchema),
      }
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous,
  })
}
