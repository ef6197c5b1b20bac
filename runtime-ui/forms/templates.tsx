import type { ErrorSchema, FieldErrorProps, FieldTemplateProps, ObjectFieldTemplateProps } from '@rjsf/utils'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../kit/icons/Icon.tsx'
import { FormStateContext } from './form-state.ts'
import { isShown, isWide, sectionsOf } from './sections.ts'

/** Label above, the widget, help, problems. The root object is only its content. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { t } = useTranslation()
  const state = useContext(FormStateContext)
  const { id, label, required, hidden, children, schema, uiSchema, rawDescription, errors } = props
  if (hidden) return <div hidden>{children}</div>
  const { path } = props.fieldPathId
  if (path.length === 0) return children
  const widget = uiSchema?.['ui:widget']
  const name = String(path[0])
  const isFilled = path.length === 1 && state.filled.has(name)
  const isDue = required || (path.length === 1 && state.required.has(name))
  return (
    <div
      className={`field${isWide(widget) ? ' wide-field' : ''}${isFilled ? ' filled-field' : ''}`}
      data-field={path.join('.')}
    >
      {widget === 'checkbox' ? null : (
        <label htmlFor={id}>
          {label}
          {isDue ? (
            <span className="required" title={t('form.required')} aria-hidden="true">
              *
            </span>
          ) : null}
        </label>
      )}
      {children}
      <div id={`${id}-notes`} className="field-notes">
        {rawDescription || schema.description ? (
          <p className="t12 ink-3">{rawDescription || schema.description}</p>
        ) : null}
        {isFilled ? (
          <p className="t12 ink-2 filled-note">
            <Icon name="document" size="small" />
            {t('paste.look')}
          </p>
        ) : null}
        {errors}
      </div>
    </div>
  )
}

/** The problems of a field and of what is inside it. */
export function FieldErrors({ errorSchema, errors }: FieldErrorProps) {
  const messages = [...new Set([...(errors ?? []).map(String), ...messagesIn(errorSchema)])]
  return messages.map((message) => (
    <p key={message} className="field-problem">
      <Icon name="alert" />
      <span>{message}</span>
    </p>
  ))
}

function messagesIn(schema: ErrorSchema | undefined): readonly string[] {
  if (schema === undefined) return []
  const { __errors = [], ...inner } = schema as ErrorSchema & Record<string, ErrorSchema>
  return [...__errors, ...Object.values(inner).flatMap(messagesIn)]
}

/** The form's fields in their sections, in one to three columns. */
export function SectionsTemplate({ properties, uiSchema }: ObjectFieldTemplateProps) {
  const { t } = useTranslation()
  const byName = new Map(properties.map((property) => [property.name, property]))
  const state = useContext(FormStateContext)
  const sections = sectionsOf(uiSchema ?? {}, [...byName.keys()]).filter((section) => isShown(section, state))
  return (
    <div className="form-sections">
      {sections.map((section) => {
        const because = state.because.get(section.name)
        return (
          <section
            key={section.name}
            id={`section-${section.name}`}
            className={because === undefined ? 'form-section' : 'form-section conditional-section'}
            data-section={section.name}
            // Kept, so that nothing which is half typed there is lost.
            hidden={state.part !== undefined && state.part !== section.name}
            {...(state.part === undefined
              ? {}
              : { tabIndex: -1, 'aria-label': section.label || t('form.other') })}
          >
            <div className="section-body">
              {section.label === '' ? null : <h2 className="h2">{section.label}</h2>}
              {because === undefined ? null : (
                <p className="t12 ink-2 section-because">{t('form.because', { why: because })}</p>
              )}
              <div className={`form-grid columns-${Math.min(Math.max(section.columns, 1), 3)}`}>
                {section.fields.map((name) => {
                  const property = byName.get(name)
                  return property === undefined || property.hidden || state.hidden.has(name) ? null : (
                    <FieldSlot key={name} content={property.content} />
                  )
                })}
              </div>
            </div>
          </section>
        )
      })}
    </div>
  )
}

function FieldSlot({ content }: { readonly content: React.ReactNode }) {
  return content
}
