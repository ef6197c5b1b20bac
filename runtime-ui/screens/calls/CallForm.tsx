import { Input } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { MOD_KEY, useShortcut } from '../../kit/use-shortcut.ts'
import { useTimeWords } from '../../times/use-time-words.ts'
import { titleOf } from '../../values/references.ts'
import { followUpBody, followUpOf, timeValue } from '../record/composer/follow-up.ts'
import { NextStep } from '../record/composer/NextStep.tsx'
import { aboutValue, startValues } from '../record/composer/quick-fields.ts'
import { NoteRefused, useNoteDown } from '../record/composer/use-note-down.ts'
import { useRefusal } from '../record/use-delete.ts'
import type { Calling } from './may-call.ts'
import { Outcomes } from './Outcomes.tsx'
import '../record/composer/composer.css'

interface CallFormProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly calling: Calling
  readonly onDone: (result: string | null) => void
  readonly onBack: (() => void) | undefined
}

/** What came of a call by one key, what was said, what is next; then the next record. */
export function CallForm({ entity, record, calling, onDone, onBack }: CallFormProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const refuse = useRefusal()
  const noteDown = useNoteDown()
  const title = titleOf(entity, record)
  const [start] = useState(() =>
    startValues(
      calling,
      { entity, record },
      { title: t('composer.callWith', { title }), now: new Date().toISOString() },
    ),
  )
  const [outcome, setOutcome] = useState<string>()
  const [note, setNote] = useState('')
  const [nextText, setNextText] = useState('')
  const [problem, setProblem] = useState<string>()
  const said = useTimeWords(nextText)
  const form = useRef<HTMLFormElement>(null)
  const { words, next } = calling.entity.activity ?? {}
  const followUp = followUpOf(calling.entity, entity, model.entities)
  const nextField = calling.entity.fields.find(({ name, writable }) => name === next && writable)
  const nextTitle = t('next.touch', { title })
  const bodyOf = () => ({
    ...start,
    [calling.outcome.name]: outcome,
    ...(words === undefined || note.trim() === '' ? {} : { [words]: note }),
    ...(nextField === undefined || said === undefined
      ? {}
      : { [nextField.name]: timeValue(nextField, said, model.timeZone) }),
    [calling.by.name]: aboutValue(calling, entity.name, record.id),
  })
  const stepBody = () =>
    followUp === undefined || said === undefined
      ? []
      : [
          () => ({
            entity: followUp.entity.name,
            body: followUpBody(
              followUp,
              { entity: entity.name, id: record.id },
              ...([said, nextTitle, model.timeZone] as const),
            ),
          }),
        ]
  const save = async (): Promise<void> => {
    if (outcome === undefined) return setProblem(t('calls.noOutcome'))
    if (followUp !== undefined && nextText.trim() !== '' && said === undefined)
      return setProblem(t('next.unclear'))
    try {
      const made = await noteDown([() => ({ entity: calling.entity.name, body: bodyOf() }), ...stepBody()])
      if (made === undefined) return
      toast({ text: t('calls.noted', { title }) })
      onDone(outcome)
    } catch (error) {
      const reason = error instanceof NoteRefused ? error.reason : error
      const isAnswer = reason instanceof ApiProblem && reason.status !== 0
      setProblem(isAnswer ? (reason.items[0]?.message ?? reason.message) : t('state.unreachable'))
      if (!isAnswer) refuse(reason)
    }
  }
  const focusOn = (what: string) => (event: KeyboardEvent) => {
    event.preventDefault()
    form.current?.querySelector<HTMLElement>(what)?.focus()
  }
  useShortcut('Enter', (event) => {
    if ((event.target as Element).closest('a, button') === null) void save()
  })
  useShortcut('n', focusOn('textarea'))
  useShortcut('t', focusOn('.next-step input'))
  useShortcut('s', () => onDone(null))
  useShortcut('b', () => onBack?.(), { off: onBack === undefined })
  return (
    <form
      ref={form}
      className="call-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') (event.target as HTMLElement).blur()
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save()
      }}
    >
      <Outcomes
        field={calling.outcome}
        chosen={outcome}
        onChoose={(name) => {
          setOutcome(name)
          setProblem(undefined)
        }}
      />
      {words === undefined ? null : (
        <div className="field">
          <label htmlFor="call-note">
            {t('calls.note')} <kbd className="no-phone">N</kbd>
          </label>
          <Input.TextArea
            id="call-note"
            autoSize={{ minRows: 3, maxRows: 10 }}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      )}
      {followUp === undefined ? null : (
        <NextStep
          {...{ followUp, said }}
          text={nextText}
          title={nextTitle}
          problem={undefined}
          onText={(text) => {
            setNextText(text)
            setProblem(undefined)
          }}
        />
      )}
      {problem === undefined ? null : (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="row calls-foot">
        {onBack === undefined ? null : (
          <Button type="text" onClick={onBack}>
            {t('calls.before')} <kbd className="no-phone">B</kbd>
          </Button>
        )}
        <Button type="text" onClick={() => onDone(null)}>
          {t('calls.skip')} <kbd className="no-phone">S</kbd>
        </Button>
        <span className="end" />
        <Button type="primary" htmlType="submit">
          {t('calls.save')} <kbd className="on-brand no-phone">{MOD_KEY}↵</kbd>
        </Button>
      </div>
    </form>
  )
}
