import { Form } from '@rjsf/antd'
import type { FormProps } from '@rjsf/core'
import type { RJSFSchema, RJSFValidationError, UiSchema, ValidatorType } from '@rjsf/utils'
import { useMemo } from 'react'
import type { FormDescription } from '../api/types.ts'
import type { FormData } from './form-data.ts'
import { errorTree, type FormProblem } from './problems.ts'
import { FieldErrors, FieldTemplate, SectionsTemplate } from './templates.tsx'
import { useNoEnter } from './use-no-enter.ts'
import { type RecordFormContext, WidgetField } from './WidgetField.tsx'

const FIELDS = { tenon: WidgetField }
const TEMPLATES = { FieldTemplate, ObjectFieldTemplate: SectionsTemplate, FieldErrorTemplate: FieldErrors }

export interface RecordFormProps {
  readonly id: string
  /** What the ids of its fields begin with: two forms on one page need two; without an underscore. */
  readonly idPrefix?: string
  readonly form: FormDescription
  readonly validator: ValidatorType
  readonly data: FormData
  readonly onChange: (
    data: FormData,
    errors: readonly RJSFValidationError[],
    field: string | undefined,
  ) => void
  readonly onSubmit: (data: FormData) => void
  readonly onInvalid: (errors: readonly RJSFValidationError[]) => void
  /** After a first refusal every change is checked, so that a mended field says so at once. */
  readonly live: boolean
  readonly problems: readonly FormProblem[]
  readonly translate: (error: RJSFValidationError) => string
  readonly context: RecordFormContext
}

/** A generated form: rjsf over the server's schema, our widgets and templates, the precompiled validator. */
export function RecordForm(props: RecordFormProps) {
  const { form, problems } = props
  useNoEnter(props.id)
  const uiSchema = useMemo(() => withOurFields(form), [form])
  const extraErrors = useMemo(() => errorTree(problems), [problems])
  const formProps: FormProps = {
    id: props.id,
    idPrefix: props.idPrefix ?? 'root',
    schema: form.schema as RJSFSchema,
    uiSchema,
    validator: props.validator,
    fields: FIELDS,
    templates: TEMPLATES,
    formData: props.data,
    formContext: props.context,
    extraErrors: extraErrors as NonNullable<FormProps['extraErrors']>,
    extraErrorsBlockSubmit: false,
    liveValidate: props.live ? 'onChange' : false,
    showErrorList: false,
    noHtml5Validate: true,
    experimental_defaultFormStateBehavior: {
      emptyObjectFields: 'skipDefaults',
      arrayMinItems: { populate: 'never' },
    },
    transformErrors: (errors) => errors.map((error) => ({ ...error, message: props.translate(error) })),
    onChange: (event, id) =>
      props.onChange(
        (event.formData ?? {}) as FormData,
        event.errors,
        id === undefined ? undefined : id.split('_').slice(1).join('_'),
      ),
    onSubmit: (event) => props.onSubmit((event.formData ?? {}) as FormData),
    onError: props.onInvalid,
  }
  return <Form {...formProps} />
}

/** Every field is drawn by one component that finds the widget by its name; rjsf's own buttons are not wanted. */
function withOurFields(form: FormDescription): UiSchema {
  const given = form.uiSchema as Readonly<Record<string, UiSchema>>
  const properties = (form.schema.properties ?? {}) as Readonly<Record<string, unknown>>
  const fields = Object.keys(properties).map((name) => [
    name,
    { ...given[name], 'ui:field': 'tenon', 'ui:fieldReplacesAnyOrOneOf': true },
  ])
  return { ...given, ...Object.fromEntries(fields), 'ui:submitButtonOptions': { norender: true } }
}
