import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Fault } from '../api.ts'
import { stepsOf } from '../review/ProblemList.tsx'
import { isSame, type Path, valueAt, valueThere } from '../store/json-value.ts'
import { Control } from './Control.tsx'
import { controlId, useInspected } from './inspected.ts'
import { PropertyHelp } from './PropertyHelp.tsx'
import { saidProblem } from './said-problem.ts'
import { controlOf, helpOf, type Schema, schemaAt, schemaFor, titleOf, wordsOf } from './schema.ts'

interface PropertyProps {
  readonly path: Path
  readonly schema: Schema
  readonly isRequired: boolean
}

/** One property: what it is called, what it means, its control, what is wrong with it. */
export function Property({ path, schema, isRequired }: PropertyProps) {
  const { t, i18n } = useTranslation()
  const { root, definition, inForce, problems, readOnly, set } = useInspected()
  const [isLeft, setIsLeft] = useState(false)
  const value = valueAt(definition, path)
  const found = schemaFor(root, schema, value)
  const control = controlOf(root, found)
  const name = path.at(-1) ?? ''
  const title = titleOf(schema, i18n.language, wordsOf(name))
  const help = helpOf(found, i18n.language)
  const standing = valueThere(definition, inForce, path)
  const isChanged = inForce !== undefined && !isSame(standing, value)
  const faults = problems.filter((problem) => isSame(stepsOf(problem.path).slice(0, path.length), path))
  const own = faults.filter((problem) => stepsOf(problem.path).length === path.length || !NESTED.has(control))
  const isQuietly = (problem: Fault): boolean => problem.isQuiet === true && !isLeft
  const titleAt = (at: Path): string =>
    at.length === path.length
      ? title
      : titleOf(schemaAt(root, definition, at), i18n.language, wordsOf(at.at(-1) ?? ''))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears that its control is left, it does nothing itself
    <div
      className={`property of-${control}`}
      data-path={path.join('/')}
      onBlur={(event) => {
        if (own.length > 0 && !event.currentTarget.contains(event.relatedTarget)) setIsLeft(true)
      }}
    >
      <div className="property-head row">
        <Title {...(PARTS.has(control) ? {} : { htmlFor: controlId(path) })} isChanged={isChanged}>
          {title}
          {isRequired ? <span className="req" aria-hidden="true" /> : null}
        </Title>
        {help === '' ? null : <PropertyHelp {...{ path, title, help }} />}
        <span className="end row property-acts">
          {isChanged && !readOnly ? (
            <IconButton
              size="small"
              label={t('drafts.takeBackOf', { title })}
              icon={<Icon name="undo" />}
              onClick={() => set(path, standing)}
            />
          ) : null}
          {!isRequired && value !== undefined && !readOnly ? (
            <IconButton
              size="small"
              label={t('inspector.leaveOut', { title })}
              icon={<Icon name="close" />}
              onClick={() => set(path, undefined)}
            />
          ) : null}
        </span>
      </div>
      <Control {...{ path, control, value, title }} schema={found} />
      {own.some(isQuietly) ? <p className="t12 ink-3 property-still">{t('inspector.stillNeeded')}</p> : null}
      {own
        .filter((problem) => !isQuietly(problem))
        .map((problem) => (
          <p key={`${problem.code}${problem.path}`} className="field-problem t13" role="alert">
            {saidProblem(problem, titleAt(stepsOf(problem.path)), t)}
          </p>
        ))}
    </div>
  )
}

/** Controls of several parts, each with a name of its own. */
const PARTS: ReadonlySet<string> = new Set(['group', 'list', 'map'])

interface TitleProps {
  readonly htmlFor?: string
  readonly isChanged: boolean
  readonly children: ReactNode
}

function Title({ htmlFor, isChanged, children }: TitleProps) {
  const className = isChanged ? 'property-title changed' : 'property-title'
  if (htmlFor === undefined) return <span className={className}>{children}</span>
  return (
    <label htmlFor={htmlFor} className={className}>
      {children}
    </label>
  )
}

/** Controls whose parts tell their own problems. */
const NESTED: ReadonlySet<string> = new Set(['group', 'list'])
