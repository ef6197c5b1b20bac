import { Checkbox, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { clearing } from '../../runtime-ui/kit/clearing.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Answer, Answers, Parameter } from './api.ts'
import '../../runtime-ui/kit/form.css'

interface AskedFieldsProps {
  readonly parameters: readonly Parameter[]
  readonly answers: Answers
  /** What is wrong, by the names of parameters. */
  readonly problems: Readonly<Record<string, string>>
  readonly disabled: boolean
  readonly onAnswer: (name: string, answer: Answer | undefined) => void
}

/** What a template asks, one field each. */
export function AskedFields({ parameters, answers, problems, disabled, onAnswer }: AskedFieldsProps) {
  return parameters.map((parameter) => (
    <AskedField
      key={parameter.name}
      parameter={parameter}
      answer={answers[parameter.name]}
      problem={problems[parameter.name]}
      disabled={disabled}
      onAnswer={(answer) => onAnswer(parameter.name, answer)}
    />
  ))
}

interface AskedFieldProps {
  readonly parameter: Parameter
  readonly answer: Answer | undefined
  readonly problem: string | undefined
  readonly disabled: boolean
  readonly onAnswer: (answer: Answer | undefined) => void
}

function AskedField(props: AskedFieldProps) {
  const { parameter, problem, answer, disabled, onAnswer } = props
  const { t, i18n } = useTranslation()
  const { name, type, required = false } = parameter
  const id = askedId(name)
  const inLanguage = (text: Parameters<typeof textIn>[0]): string => textIn(text, i18n.language, name)
  const label = inLanguage(parameter.label)
  return (
    <div className="field">
      {type === 'boolean' ? (
        <Checkbox
          id={id}
          checked={answer === true}
          disabled={disabled}
          aria-describedby={saidId(name)}
          onChange={({ target }) => onAnswer(target.checked)}
        >
          {label}
        </Checkbox>
      ) : (
        <>
          <label htmlFor={id} data-required={required ? true : undefined}>
            {label}
          </label>
          {CONTROLS[type](props, i18n.language, t('act.clearOf', { title: label }))}
        </>
      )}
      <div id={saidId(name)}>
        {problem === undefined ? null : (
          <p className="field-problem">
            <Icon name="alert" />
            <span>{problem}</span>
          </p>
        )}
        {parameter.help === undefined ? null : <p className="t12 ink-3">{inLanguage(parameter.help)}</p>}
      </div>
    </div>
  )
}

export const askedId = (name: string): string => `asked-${name}`
const saidId = (name: string): string => `asked-${name}-said`

/** @param clears what its control for emptying it is called, where it has one */
type Draw = (props: AskedFieldProps, language: string, clears: string) => ReactElement

/** What every control has. */
const common = ({ parameter: { name, required = false }, problem, disabled }: AskedFieldProps) => ({
  id: askedId(name),
  disabled,
  'aria-describedby': saidId(name),
  'aria-invalid': problem !== undefined,
  'aria-required': required,
  status: problem === undefined ? ('' as const) : ('error' as const),
})

const textOf = (answer: Answer | undefined): string => (typeof answer === 'string' ? answer : '')

const CONTROLS: { readonly [T in Exclude<Parameter['type'], 'boolean'>]: Draw } = {
  text: (props) => (
    <Input
      {...common(props)}
      autoComplete="off"
      maxLength={props.parameter.max ?? 200}
      value={textOf(props.answer)}
      onChange={({ target }) => props.onAnswer(target.value)}
    />
  ),
  integer: (props) => (
    <InputNumber<number>
      {...common(props)}
      className="wide"
      precision={0}
      value={typeof props.answer === 'number' ? props.answer : null}
      onChange={(value) => props.onAnswer(value ?? undefined)}
    />
  ),
  select: (props, language, clears) => (
    <Select<string>
      {...common(props)}
      suffixIcon={<Icon name="chevron_down" />}
      allowClear={props.parameter.required !== true && clearing(clears)}
      value={textOf(props.answer) || null}
      options={(props.parameter.options ?? []).map(({ name, label }) => ({
        value: name,
        label: textIn(label, language, name),
      }))}
      onChange={(value) => props.onAnswer(value ?? undefined)}
    />
  ),
  list: (props) => (
    <Input.TextArea
      {...common(props)}
      autoSize={{ minRows: 3, maxRows: 8 }}
      value={(Array.isArray(props.answer) ? (props.answer as readonly string[]) : []).join('\n')}
      onChange={({ target }) => props.onAnswer(target.value === '' ? [] : target.value.split('\n'))}
    />
  ),
  color: (props) => (
    <span className="row asked-color">
      <input
        type="color"
        aria-hidden
        tabIndex={-1}
        disabled={props.disabled}
        value={/^#[0-9a-f]{6}$/i.test(textOf(props.answer)) ? textOf(props.answer) : '#808080'}
        onChange={({ target }) => props.onAnswer(target.value)}
      />
      <Input
        {...common(props)}
        placeholder="#1a73e8"
        value={textOf(props.answer)}
        onChange={({ target }) => props.onAnswer(target.value.trim() || undefined)}
      />
    </span>
  ),
}
