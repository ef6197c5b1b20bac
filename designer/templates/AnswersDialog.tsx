import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../runtime-ui/api/problem.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { AskedFields, askedId } from './AskedFields.tsx'
import type { Answers, Parameter } from './api.ts'
import { firstAnswers, sentAnswers } from './asked.ts'

interface AnswersDialogProps {
  readonly title: string
  readonly text: string
  /** What the button says. */
  readonly act: string
  readonly parameters: readonly Parameter[]
  /** What was answered before. */
  readonly answers: Answers
  /** Whatever it refuses is told here, at its field. */
  readonly onSubmit: (answers: Answers) => Promise<void>
  readonly onClose: () => void
  readonly children?: (isBusy: boolean) => ReactNode
}

/** Asks what a template wants to know before something comes of it. */
export function AnswersDialog(props: AnswersDialogProps) {
  const { title, text, act, parameters, onSubmit, onClose, children } = props
  const { t } = useTranslation()
  const [answers, setAnswers] = useState(() => firstAnswers(parameters, props.answers))
  const [fault, setFault] = useState<string>()
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const [isBusy, setBusy] = useState(false)
  const submit = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    setFault(undefined)
    setProblems({})
    try {
      await onSubmit(sentAnswers(parameters, answers))
    } catch (error) {
      const told = problemsAt(error, parameters)
      const [first] = Object.keys(told)
      setProblems(told)
      setFault(first === undefined ? faultOf(error, t) : undefined)
      setBusy(false)
      if (first !== undefined) requestAnimationFrame(() => document.getElementById(askedId(first))?.focus())
    }
  }
  return (
    <Modal
      open
      width={parameters.length === 0 ? 420 : 480}
      getContainer={overlayPlace}
      closable={false}
      maskClosable={!isBusy}
      title={title}
      onCancel={onClose}
      footer={[
        <Button key="stay" disabled={isBusy} onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button
          key="install"
          type="primary"
          autoFocus={parameters.length === 0}
          aria-busy={isBusy}
          onClick={() => void submit()}
        >
          {act}
        </Button>,
      ]}
    >
      <FaultNote id="install-fault" fault={fault} />
      <p className="ink-2">{text}</p>
      {parameters.length === 0 ? null : (
        <form
          className="role-form asked"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <AskedFields
            parameters={parameters}
            answers={answers}
            problems={problems}
            disabled={isBusy}
            onAnswer={(name, answer) =>
              setAnswers(({ [name]: _before, ...others }) =>
                answer === undefined ? others : { ...others, [name]: answer },
              )
            }
          />
          <button type="submit" hidden />
        </form>
      )}
      {children?.(isBusy)}
    </Modal>
  )
}

/** What is wrong with answers, by the names of parameters. */
function problemsAt(error: unknown, parameters: readonly Parameter[]): Readonly<Record<string, string>> {
  if (!(error instanceof ApiProblem)) return {}
  return Object.fromEntries(
    error.items.flatMap(({ path, message }): [string, string][] => {
      const [, place, name = ''] = path.split('/')
      const isAsked = place === 'answers' && parameters.some((one) => one.name === name)
      return isAsked ? [[name, message]] : []
    }),
  )
}
