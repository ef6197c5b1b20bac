import { useTranslation } from 'react-i18next'
import type { FormProblem } from './problems.ts'
import type { FormSection } from './sections.ts'

export interface FormContentsProps {
  readonly sections: readonly FormSection[]
  readonly problems: readonly FormProblem[]
  readonly onField: (field: string) => void
}

/** The sections of a long form at its left, with the number of problems in each. */
export function FormContents({ sections, problems, onField }: FormContentsProps) {
  const { t } = useTranslation()
  if (sections.length < 2) return <div className="form-contents no-phone" />
  return (
    <nav className="form-contents no-phone" aria-label={t('form.contents')}>
      {sections.map((section) => {
        const faulty = problems.filter(
          (problem) => problem.field !== undefined && section.fields.includes(problem.field),
        )
        const first = faulty[0]?.field ?? section.fields[0]
        return (
          <button
            key={section.name}
            type="button"
            className="plain-button contents-item"
            onClick={() => first !== undefined && onField(first)}
          >
            <span className="cut">{section.label === '' ? t('form.other') : section.label}</span>
            {faulty.length === 0 ? null : (
              <span className="problem-count" title={t('form.problems', { count: faulty.length })}>
                {faulty.length}
              </span>
            )}
          </button>
        )
      })}
    </nav>
  )
}
