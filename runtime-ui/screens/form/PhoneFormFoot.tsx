import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormProblem } from '../../forms/problems.ts'
import type { Parts } from '../../forms/use-parts.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'

export interface PhoneFormFootProps {
  readonly busy: boolean
  readonly problems: readonly FormProblem[]
  readonly onProblem: (field: string) => void
  readonly form: string
  /** Stores it and begins another one; absent where that is no act. */
  readonly onSaveAndNew: (() => void) | undefined
  /** Of a form in steps. */
  readonly parts: Parts | undefined
}

/** The foot of a form on a phone: the problems one by one, and Save. */
export function PhoneFormFoot(props: PhoneFormFootProps) {
  const { busy, problems, onProblem, form, onSaveAndNew, parts } = props
  const { t } = useTranslation()
  const [at, setAt] = useState(-1)
  const fields = problems.flatMap((problem) => (problem.field === undefined ? [] : [problem.field]))
  const go = (by: number): void => {
    const next = (at + by + fields.length) % fields.length
    setAt(next)
    onProblem(fields[next]!)
  }
  const previous = parts?.previous
  return (
    <div className="phone-foot only-phone">
      {problems.length === 0 ? (
        <span className="grow" />
      ) : (
        <span className="row grow bad t13">
          <Icon name="alert" />
          {t('form.problemCount', { count: problems.length })}
        </span>
      )}
      {fields.length === 0 ? null : (
        <>
          <IconButton
            label={t('form.previousProblem')}
            icon={<Icon name="chevron_up" />}
            onClick={() => go(-1)}
          />
          <IconButton
            label={t('form.nextProblem')}
            icon={<Icon name="chevron_down" />}
            onClick={() => go(1)}
          />
        </>
      )}
      {previous === undefined ? null : (
        <Button onClick={() => parts?.choose(previous)}>{t('form.back')}</Button>
      )}
      {parts?.next === undefined ? (
        <>
          {onSaveAndNew === undefined || problems.length > 0 ? null : (
            <Button onClick={onSaveAndNew}>{t('form.saveAndNew')}</Button>
          )}
          {/* Keys: a press on Next must not become one on Save, which takes its place while it is handled. */}
          <Button key="save" type="primary" htmlType="submit" form={form} aria-busy={busy}>
            {t('act.save')}
          </Button>
        </>
      ) : (
        <Button key="next" type="primary" onClick={parts.forward}>
          {t('form.next')}
        </Button>
      )}
    </div>
  )
}
