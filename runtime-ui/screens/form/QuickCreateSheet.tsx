import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../api/types.ts'
import { AlikeDialog } from '../../forms/AlikeDialog.tsx'
import { AlikeNote } from '../../forms/AlikeNote.tsx'
import { briefFieldsOf } from '../../forms/brief-fields.ts'
import { allProblems, extraProblems, isDirty } from '../../forms/draft.ts'
import { type FormData, fieldsOf } from '../../forms/form-data.ts'
import { FormStateContext } from '../../forms/form-state.ts'
import { goToField, ProblemSummary } from '../../forms/ProblemSummary.tsx'
import { labelsOf, messageOf, widgetIn } from '../../forms/problems.ts'
import { RecordForm } from '../../forms/RecordForm.tsx'
import { useLeftFields } from '../../forms/use-left-fields.ts'
import { useShownState } from '../../forms/use-shown-state.ts'
import { Button } from '../../kit/Button.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { guardLeaving } from '../../kit/leaving.ts'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { toast } from '../../kit/toast.tsx'
import { titleOf } from '../../values/references.ts'
import { LeaveDialog } from './LeaveDialog.tsx'
import './quick-create.css'
import { useAlikeNow } from './use-alike-now.ts'
import { type FormStart, useFormDescription } from './use-form-description.ts'
import { useFormEditor } from './use-form-editor.ts'

const FORM_ID = 'quick-form'

export interface QuickCreateSheetProps {
  readonly entity: Entity
  /** What it begins with: its parent, what was looked for in vain. */
  readonly presets: FormData
  readonly onClose: () => void
  readonly onCreated: (record: RecordData) => void
  /** One that is there already is taken instead; absent where it would not do. */
  readonly onFound?: (id: string) => void
}

/** A new record above the page that needs it: what must be said and little more, all of it on demand. */
export function QuickCreateSheet(props: QuickCreateSheetProps) {
  const { t } = useTranslation()
  const { entity, onClose } = props
  const query = useFormDescription(entity, undefined)
  if (query.data !== undefined) return <QuickForm {...props} start={query.data} />
  return (
    <Sheet open width={480} title={t('form.newTitle', { entity: entity.label })} onClose={onClose}>
      {query.isError ? (
        <ProblemState error={query.error} title={t('form.failed')} retry={() => void query.refetch()} />
      ) : (
        <LoadingRows rows={4} />
      )}
    </Sheet>
  )
}

interface QuickFormProps extends QuickCreateSheetProps {
  readonly start: FormStart
}

function QuickForm({ entity, presets: given, start, onClose, onCreated, onFound }: QuickFormProps) {
  const { t } = useTranslation()
  const { form, validator, defaults } = start
  const [isWhole, setIsWhole] = useState(false)
  const [isLeaving, setIsLeaving] = useState(false)
  const presets = { ...defaults, ...given }
  const { draft, ...editor } = useFormEditor({
    ...{ entity, form, validator, presets, id: undefined, isKept: false },
    onSaved: (record) => {
      toast({ text: t('form.created', { title: titleOf(entity, record) }) })
      onCreated(record)
    },
  })
  const problems = [...allProblems(draft), ...editor.found]
  const shown = useShownState(form, draft, editor.state)
  const alike = useAlikeNow(form, undefined, shown, validator, false)
  const { leave } = editor
  const { askNow } = alike
  useLeftFields(
    FORM_ID,
    useCallback(
      (field: string) => {
        leave(field)
        askNow()
      },
      [leave, askNow],
    ),
  )
  const dirty = isDirty(draft)
  useEffect(() => guardLeaving(() => dirty), [dirty])
  const faulty = new Set(problems.flatMap(({ field }) => field ?? []))
  const asked = briefFieldsOf(entity, form, presets, shown, faulty)
  const all = fieldsOf(form.schema)
  const rest = isWhole ? [] : all.filter((name) => !asked.has(name))
  const restKey = rest.join()
  const state = useMemo(
    () => ({
      ...shown,
      hidden: new Set([...shown.hidden, ...restKey.split(',')]),
      part: undefined,
      isQuick: true,
    }),
    [shown, restKey],
  )
  const hasMore = rest.some((name) => !shown.hidden.has(name))
  const close = (): void => (dirty ? setIsLeaving(true) : onClose())
  return (
    <Sheet
      open
      width={480}
      title={t('form.newTitle', { entity: entity.label })}
      onClose={close}
      footer={
        <div className="row quick-create-foot">
          {hasMore ? (
            <Button type="text" className="quick-create-more" onClick={() => setIsWhole(true)}>
              {t('form.allFields')}
            </Button>
          ) : null}
          <Button onClick={close}>{t('act.cancel')}</Button>
          <Button type="primary" htmlType="submit" form={FORM_ID} aria-busy={editor.busy}>
            {t('form.create')}
          </Button>
        </div>
      }
    >
      <div className={isWhole ? 'quick-create' : 'quick-create in-brief'}>
        <ProblemSummary
          problems={problems}
          labels={labelsOf(form)}
          onProblem={(field) => goToField(field, FORM_ID)}
        />
        <FormStateContext value={state}>
          <RecordForm
            id={FORM_ID}
            idPrefix="quick"
            form={form}
            validator={validator}
            data={state.data}
            onChange={editor.change}
            onSubmit={(data) => editor.save(data)}
            onInvalid={editor.invalid}
            live={draft.attempted}
            problems={[...extraProblems(draft), ...editor.found]}
            translate={(error) => messageOf(error, t, widgetIn(form.uiSchema))}
            context={{
              entity,
              record: null,
              setFault: editor.setFault,
              first: firstOf(form, asked, presets),
            }}
          />
        </FormStateContext>
        <AlikeNote entity={entity} items={alike.items} onUse={onFound} />
      </div>
      {isLeaving ? <LeaveDialog onLeave={onClose} onStay={() => setIsLeaving(false)} /> : null}
      {draft.alike === undefined ? null : (
        <AlikeDialog
          entity={entity}
          items={draft.alike}
          acceptLabel={t('alike.create')}
          busy={editor.busy}
          onAccept={editor.accept}
          onClose={editor.putOff}
        />
      )}
    </Sheet>
  )
}

/** The first field that is to be filled in. */
function firstOf(form: FormStart['form'], asked: ReadonlySet<string>, presets: FormData): string | undefined {
  const names = fieldsOf(form.schema).filter((name) => asked.has(name))
  return names.find((name) => presets[name] === undefined) ?? names[0]
}
