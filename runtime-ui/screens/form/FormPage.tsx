import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Page } from '../../kit/Page.tsx'
import { MOD_KEY, useShortcut } from '../../kit/use-shortcut.ts'
import { titleOf } from '../../values/references.ts'

export interface FormPageProps {
  readonly entity: Entity
  /** Null while creating. */
  readonly record: RecordData | null
  readonly title: string
  readonly back: string
  readonly formId: string
  /** Stores it and begins another one; absent where that is no act. */
  readonly onSaveAndNew: (() => void) | undefined
  readonly busy: boolean
  /** More steps are to come: going on is the one primary act then. */
  readonly isBetween: boolean
  readonly children: ReactNode
}

/** The sheet of a form: the way here, Cancel and Save, for a new one also Save and new; ⌘S and ⌘⇧S do the same. */
export function FormPage(props: FormPageProps) {
  const { entity, record, title, back, formId, onSaveAndNew, busy, isBetween, children } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  useShortcut(
    's',
    (event) => {
      event.preventDefault()
      // What is made above the form is saved by itself: the form is not done yet.
      const above = (event.target as Element).closest('[role="dialog"]')
      if (above !== null) above.querySelector('form')?.requestSubmit()
      else if (event.shiftKey && onSaveAndNew !== undefined) onSaveAndNew()
      else document.querySelector<HTMLFormElement>(`#${formId}`)?.requestSubmit()
    },
    { mod: true },
  )
  const crumbs = [
    { label: entity.plural, to: `/records/${entity.name}` },
    ...(record === null ? [] : [{ label: titleOf(entity, record), to: back }]),
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
          {onSaveAndNew === undefined || isBetween ? null : (
            <Button title={`${MOD_KEY}⇧S`} onClick={onSaveAndNew}>
              {t('form.saveAndNew')}
            </Button>
          )}
          <Button type={isBetween ? 'default' : 'primary'} htmlType="submit" form={formId} aria-busy={busy}>
            {t('act.save')}
            <kbd className={isBetween ? '' : 'on-brand'}>{MOD_KEY}S</kbd>
          </Button>
        </span>
      }
    >
      {children}
    </Page>
  )
}
