import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormProblem } from '../../forms/problems.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'

export interface PhoneFormFootProps {
  readonly busy: boolean
  readonly problems: readonly FormProblem[]
  readonly onProblem: (field: string) => void
  readonly form: string
}

/** The foot of a form on a phone: the problems one by one, and Save. */
export function PhoneFormFoot({ busy, problems, onProblem, form }: PhoneFormFootProps) {
  const { t } = useTranslation()
  const [at, setAt] = useState(-1)
  const fields = problems.flatMap((problem) => (problem.field === undefined ? [] : [problem.field]))
  const go = (by: number): void => {
    const next = (at + by + fields.length) % fields.length
    setAt(next)
    onProblem(fields[next]!)
  }
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
      <Button type="primary" htmlType="submit" form={form} aria-busy={busy}>
        {t('act.save')}
      </Button>
    </div>
  )
}
