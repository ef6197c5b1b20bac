import type { ValidatorType } from '@rjsf/utils'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import type { Entity, FormDescription, RecordData } from '../../api/types.ts'
import { AlikeDialog } from '../../forms/AlikeDialog.tsx'
import { AlikeNote } from '../../forms/AlikeNote.tsx'
import { ConflictDialog } from '../../forms/ConflictDialog.tsx'
import { allProblems, type Conflict, extraProblems, isDirty } from '../../forms/draft.ts'
import { FormContents } from '../../forms/FormContents.tsx'
import { FormParts, StepFoot } from '../../forms/FormParts.tsx'
import { type FormData, fieldsOf, writableOf } from '../../forms/form-data.ts'
import { FormStateContext } from '../../forms/form-state.ts'
import { ProblemSummary } from '../../forms/ProblemSummary.tsx'
import { labelsOf, messageOf, widgetIn } from '../../forms/problems.ts'
import { RecordForm } from '../../forms/RecordForm.tsx'
import { isShown, sectionsOf } from '../../forms/sections.ts'
import { useEffort } from '../../forms/use-effort.ts'
import { useLeftFields } from '../../forms/use-left-fields.ts'
import { goToPartOf, useParts } from '../../forms/use-parts.ts'
import { useShownState } from '../../forms/use-shown-state.ts'
import { whoChanged } from '../../forms/who-changed.ts'
import { useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { PasteAct } from '../../paste/PasteAct.tsx'
import { layoutOf } from '../../values/arranged.ts'
import { titleOf } from '../../values/references.ts'
import { recordAddress } from '../frame/places.ts'
import { FormPage } from './FormPage.tsx'
import { LeaveGuard } from './LeaveGuard.tsx'
import { MeanwhileNote } from './MeanwhileNote.tsx'
import { PhoneFormFoot } from './PhoneFormFoot.tsx'
import { presetsOf } from './presets.ts'
import { RestoredNote } from './RestoredNote.tsx'
import { useAlikeNow } from './use-alike-now.ts'
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
  /** Begins another one, after this one is stored. */
  readonly onNext: () => void
  /** What is filled in asks for another arrangement; undefined for the usual one. */
  readonly onLayout: (name: string | undefined) => void
}

/** The form with its bar, its contents and its guards. */
export function FormEditor(props: FormEditorProps) {
  const { entity, id, title, form, validator, defaults, onReload } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { me } = useWork()
  const [search] = useSearchParams()
  const leaving = useRef(false)
  const back = id === undefined ? `/records/${entity.name}` : recordAddress(entity.name, id)
  /** Found alike: the record that is merged with this one as soon as it is stored. */
  const mergeWith = useRef<string>(undefined)
  /** The same, chosen while the form is filled in, until it is sent. */
  const noted = useRef<string>(undefined)
  /** Another one is made after this one: asked for, until it is sent, and of what is sent. */
  const askedNext = useRef(false)
  const isNext = useRef(false)
  const leave = (to: string): void => {
    leaving.current = true
    const state = mergeWith.current === undefined ? {} : { state: { merge: mergeWith.current } }
    void navigate(to, { replace: true, ...state })
  }
  const tellEffort = useEffort(FORM_ID, entity.name)
  const onSaved = (record: RecordData, along: Conflict | undefined): void => {
    tellEffort()
    const who = along === undefined ? undefined : (whoChanged(along.record) ?? t('meanwhile.somebody'))
    const said = id === undefined ? 'form.created' : who === undefined ? 'form.saved' : 'form.savedAlong'
    toast({ text: t(said, { title: titleOf(entity, record), who }) })
    if (isNext.current && mergeWith.current === undefined) props.onNext()
    else leave(recordAddress(entity.name, record.id))
  }
  const merge = (other: string): void => {
    mergeWith.current = other
    editor.accept()
  }
  // Like any save, so that what is missing is told; that it is merged answers what like records would ask.
  const saveToMerge = (other: string): void => {
    noted.current = other
    submit()
  }
  const saveAndNew =
    id === undefined
      ? () => {
          askedNext.current = true
          submit()
        }
      : undefined
  const presets = { ...defaults, ...presetsOf(search, entity) }
  const { draft, ...editor } = useFormEditor({ entity, id, form, validator, presets, onSaved })
  const problems = [...allProblems(draft), ...editor.found]
  const shownState = useShownState(form, draft, editor.state)
  useLayoutOfDraft(props, shownState.data, editor.adopt)
  const isNoted = me.viewer === undefined
  const alikeNow = useAlikeNow(form, id, shownState, validator, !isNoted)
  const { leave: leaveField } = editor
  const { askNow } = alikeNow
  useLeftFields(
    FORM_ID,
    useCallback(
      (field: string) => {
        leaveField(field)
        askNow()
      },
      [leaveField, askNow],
    ),
  )
  const all = sectionsOf(form.uiSchema, fieldsOf(form.schema))
  const sections = all.filter((section) => isShown(section, shownState))
  const parts = useParts({
    uiSchema: form.uiSchema,
    isNew: id === undefined,
    all,
    shown: sections,
    check: editor.check,
  })
  const part = parts?.current.name
  const state = useMemo(() => ({ ...shownState, part }), [shownState, part])
  const goTo = (field: string): void => goToPartOf(parts, field)
  useProblemsInSight(problems.map((problem) => problem.field ?? '').join())
  return (
    <FormPage
      entity={entity}
      record={form.record}
      title={title}
      back={back}
      formId={FORM_ID}
      onSaveAndNew={saveAndNew}
      busy={editor.busy}
      isBetween={parts?.as === 'steps' && parts.next !== undefined}
    >
      <div className={parts === undefined ? 'form-body' : `form-body with-${parts.as}`}>
        {parts === undefined ? (
          <FormContents sections={sections} problems={problems} onField={goTo} />
        ) : (
          <FormParts parts={parts} problems={problems} />
        )}
        <div className="form-scroll">
          <div className="form-column">
            <MeanwhileNote entity={entity} meanwhile={editor.meanwhile} />
            {editor.isRestored ? <RestoredNote onDrop={editor.drop} /> : null}
            {id === undefined ? (
              <PasteAct
                entity={entity}
                form={FORM_ID}
                known={new Set(writableOf(form.schema))}
                filled={
                  new Set(
                    Object.entries(state.data).flatMap(([name, value]) =>
                      value === undefined ? [] : [name],
                    ),
                  )
                }
                onFill={editor.fill}
              />
            ) : null}
            <ProblemSummary problems={problems} labels={labelsOf(form)} onProblem={goTo} />
            <FormStateContext value={state}>
              <RecordForm
                id={FORM_ID}
                form={form}
                validator={validator}
                data={state.data}
                onChange={editor.change}
                onSubmit={(data) => {
                  mergeWith.current = noted.current
                  isNext.current = askedNext.current
                  noted.current = undefined
                  askedNext.current = false
                  editor.save(data, mergeWith.current !== undefined)
                }}
                onInvalid={(errors) => {
                  noted.current = undefined
                  askedNext.current = false
                  editor.invalid(errors)
                }}
                live={draft.attempted}
                problems={[...extraProblems(draft), ...editor.found]}
                translate={(error) => messageOf(error, t, widgetIn(form.uiSchema))}
                context={{
                  entity,
                  record: form.record,
                  setFault: editor.setFault,
                  first: id === undefined ? sections[0]?.fields[0] : undefined,
                }}
              />
            </FormStateContext>
            {parts === undefined ? null : <StepFoot parts={parts} />}
            {isNoted ? <AlikeNote entity={entity} items={alikeNow.items} onMerge={saveToMerge} /> : null}
          </div>
        </div>
      </div>
      <PhoneFormFoot
        busy={editor.busy}
        problems={problems}
        onProblem={goTo}
        form={FORM_ID}
        onSaveAndNew={saveAndNew}
        parts={parts?.as === 'steps' ? parts : undefined}
      />
      <LeaveGuard active={() => isDirty(draft) && !leaving.current} />
      {draft.alike === undefined ? null : (
        <AlikeDialog
          entity={entity}
          items={draft.alike}
          acceptLabel={t(id === undefined ? 'alike.create' : 'alike.save')}
          busy={editor.busy}
          onAccept={() => {
            mergeWith.current = undefined
            editor.accept()
          }}
          onMerge={merge}
          onClose={editor.putOff}
        />
      )}
      {draft.conflict === undefined ? null : (
        <ConflictDialog
          entity={entity}
          conflict={draft.conflict}
          onSave={editor.settle}
          onClose={editor.putOff}
          onReload={() => {
            onReload()
            leave(back)
          }}
        />
      )}
    </FormPage>
  )
}

/** A new record is arranged as its type or stage asks, as soon as it is chosen; what is typed stays. */
function useLayoutOfDraft(
  { entity, id, form, defaults, onLayout }: FormEditorProps,
  data: FormData,
  adopt: (values: FormData) => void,
): void {
  const wanted = id === undefined ? layoutOf(entity, data)?.name : undefined
  useEffect(() => onLayout(wanted), [wanted, onLayout])
  const begun = useRef(form.layout)
  useEffect(() => {
    if (begun.current === form.layout) return
    begun.current = form.layout
    adopt(defaults)
  }, [form.layout, defaults, adopt])
}

const submit = (): void => document.querySelector<HTMLFormElement>(`#${FORM_ID}`)?.requestSubmit()

/** New problems are scrolled into sight. */
function useProblemsInSight(key: string): void {
  useEffect(() => {
    if (key !== '') document.getElementById('problems')?.scrollIntoView({ block: 'nearest' })
  }, [key])
}
