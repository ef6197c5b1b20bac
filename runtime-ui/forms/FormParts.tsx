import '../kit/form-parts.css'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import type { FormProblem } from './problems.ts'
import type { FormSection } from './sections.ts'
import type { Parts } from './use-parts.ts'

export interface FormPartsProps {
  readonly parts: Parts
  readonly problems: readonly FormProblem[]
}

const faultsIn = (section: FormSection, problems: readonly FormProblem[]): number =>
  problems.filter(({ field }) => field !== undefined && section.fields.includes(field)).length

/** The tabs or the steps of a form, with the number of problems in each; the arrow keys go along them. */
export function FormParts({ parts, problems }: FormPartsProps) {
  const { t } = useTranslation()
  const { as, shown, current } = parts
  const at = shown.indexOf(current)
  return (
    <nav
      className={`form-parts as-${as}`}
      aria-label={t(as === 'steps' ? 'form.steps' : 'form.contents')}
      onKeyDown={goAlong}
    >
      <ol>
        {shown.map((section, index) => {
          const faults = faultsIn(section, problems)
          const isPast = as === 'steps' && index < at
          return (
            <li key={section.name}>
              <button
                type="button"
                className={`plain-button part-item${section === current ? ' on' : ''}`}
                aria-current={section !== current ? undefined : as === 'steps' ? 'step' : 'true'}
                onClick={() => parts.choose(section)}
                ref={section === current ? showMe : undefined}
              >
                {as === 'steps' ? (
                  <span className="part-number" aria-hidden="true">
                    {isPast && faults === 0 ? <Icon name="check" size="small" /> : index + 1}
                  </span>
                ) : null}
                <span className="part-name">{section.label === '' ? t('form.other') : section.label}</span>
                {faults === 0 ? null : (
                  <span className="problem-count" title={t('form.problems', { count: faults })}>
                    {faults}
                  </span>
                )}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

/** On a phone the row of parts is longer than the screen. */
function showMe(button: HTMLButtonElement | null): void {
  button?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

const STEPS: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
}

function goAlong(event: KeyboardEvent<HTMLElement>): void {
  const by = STEPS[event.key]
  if (by === undefined) return
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + by]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

/** Below a step at a desk: back and on. A phone has them at its foot. */
export function StepFoot({ parts }: { readonly parts: Parts }) {
  const { t } = useTranslation()
  if (parts.as !== 'steps') return null
  const { previous, next } = parts
  return (
    <div className="row step-foot no-phone">
      {previous === undefined ? null : (
        <Button onClick={() => parts.choose(previous)}>{t('form.back')}</Button>
      )}
      {next === undefined ? null : (
        <Button type="primary" onClick={parts.forward}>
          {t('form.next')}
          <span className="step-next cut">{next.label}</span>
        </Button>
      )}
    </div>
  )
}
