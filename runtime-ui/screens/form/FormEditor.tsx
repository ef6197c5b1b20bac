import type { ValidatorType } from '@rjsf/utils'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import type { Entity, FormDescription, RecordData } from '../../api/types.ts'
import { ConflictDialog } from '../../forms/ConflictDialog.tsx'
import { FormContents } from '../../forms/FormContents.tsx'
import { type FormData, fieldsOf } from '../../forms/form-data.ts'
import { goToField, ProblemSummary } from '../../forms/ProblemSummary.tsx'
import { messageOf, widgetIn } from '../../forms/problems.ts'
import { RecordForm } from '../../forms/RecordForm.tsx'
import { sectionsOf } from '../../forms/sections.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Page } from '../../kit/Page.tsx'
import { toast } from '../../kit/toast.tsx'
import { useShortcut } from '../../kit/use-shortcut.ts'
import { titleOf } from '../../values/references.ts'
import { recordAddress } from '../frame/places.ts'
import { LeaveGuard } from './LeaveGuard.tsx'
import { PhoneFormFoot } from './PhoneFormFoot.tsx'
import { presetsOf } from './presets.ts'
import { useFormEditor } from './use-form-editor.ts'

const FORM_ID = 'record-form'

export interface FormEditorProps {
  readonly entity: Entity
  readonly id: string | undefined
  readonly title: string
  readonly form: FormDescription
  readonly validator: ValidatorType
  /** What a new record begins with. */
  readonly defaults: FormData
  readonly onReload: () => void
}

/** The form with its bar, its contents and its guards. */
export function FormEditor({ entity, id, title, form, validator, defaults, onReload }: FormEditorProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const leaving = useRef(false)
  const fields = fieldsOf(form.schema)
  const onSaved = (record: RecordData): void => {
    leaving.current = true
    toast({ text: t(id === undefined ? 'form.created' : 'form.saved', { title: titleOf(entity, record) }) })
    void navigate(recordAddress(entity.name, record.id), { replace: true })
  }
  const editor = useFormEditor({
    entity,
    id,
    form,
    presets: { ...defaults, ...presetsOf(search, entity) },
    onSaved,
  })
  const problemKey = editor.problems.map((problem) => problem.field).join()
  useEffect(() => {
    if (problemKey === '') return
    document.getElementById('problems')?.scrollIntoView({ block: 'nearest' })
  }, [problemKey])
  const submit = (): void => document.querySelector<HTMLFormElement>(`#${FORM_ID}`)?.requestSubmit()
  useShortcut(
    's',
    (event) => {
      event.preventDefault()
      submit()
    },
    { mod: true },
  )

  const back = id === undefined ? `/records/${entity.name}` : recordAddress(entity.name, id)
  const sections = sectionsOf(form.uiSchema, fields)
  const labels = new Map(fields.map((name) => [name, labelOf(form, name)]))
  const crumbs = [
    { label: entity.plural, to: `/records/${entity.name}` },
    ...(id === undefined || form.record === null ? [] : [{ label: titleOf(entity, form.record), to: back }]),
  ]
  return (
    <Page
      title={title}
      crumbs={crumbs}
      line
      backTo={back}
      backLabel={t('act.cancel')}
      acts={
        <span className="row no-phone">
          <Button type="text" onClick={() => void navigate(back)}>
            {t('act.cancel')}
          </Button>
          <Button type="primary" htmlType="submit" form={FORM_ID} aria-busy={editor.busy}>
            {t('act.save')}
            <kbd className="on-brand">⌘S</kbd>
          </Button>
        </span>
      }
    >
      <div className="form-body">
        <FormContents sections={sections} problems={editor.problems} />
        <div className="form-scroll">
          <div className="form-column">
            <ProblemSummary problems={editor.problems} labels={labels} />
            <RecordForm
              id={FORM_ID}
              form={form}
              validator={validator}
              data={editor.data}
              onChange={editor.change}
              onSubmit={editor.save}
              onInvalid={(errors) => {
                editor.invalid(errors)
                document.getElementById('main')?.scrollTo({ top: 0 })
              }}
              live={editor.attempted}
              problems={editor.extra}
              translate={(error) => messageOf(error, t, widgetIn(form.uiSchema))}
              context={{
                entity,
                record: form.record,
                setFault: editor.setFault,
                first: id === undefined ? firstOf(sections) : undefined,
              }}
            />
          </div>
        </div>
      </div>
      <PhoneFormFoot busy={editor.busy} problems={editor.problems} onProblem={goToField} form={FORM_ID}>
        <Icon name="alert" />
      </PhoneFormFoot>
      <LeaveGuard active={() => editor.dirty && !leaving.current} />
      {editor.conflict === undefined ? null : (
        <ConflictDialog
          entity={entity}
          comparison={editor.conflict.comparison}
          onSave={editor.settle}
          onClose={editor.closeConflict}
          onReload={() => {
            leaving.current = true
            onReload()
            void navigate(back, { replace: true })
          }}
        />
      )}
    </Page>
  )
}

function labelOf(form: FormDescription, name: string): string {
  const properties = form.schema.properties as
    | Readonly<Record<string, { readonly title?: string }>>
    | undefined
  return properties?.[name]?.title ?? name
}

const firstOf = (sections: readonly { readonly fields: readonly string[] }[]): string | undefined =>
  sections[0]?.fields[0]
