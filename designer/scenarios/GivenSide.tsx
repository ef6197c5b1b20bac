import { Input, Select } from 'antd'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { givenIn, PERSON } from './scenario-draft.ts'
import type { ScenarioWords } from './use-scenario.ts'
import { NamesSelect, ValueRows } from './ValueRows.tsx'

interface GivenSideProps extends Pick<CanvasProps, 'definition' | 'readOnly' | 'set'> {
  readonly name: string
  readonly words: ScenarioWords
  readonly onRename: (to: string) => void
}

/** Somebody or something that is there at the beginning: its name in the story, its roles, its values. */
export function GivenSide({ definition, readOnly, set, name, words, onRename }: GivenSideProps) {
  const { t } = useTranslation()
  const id = useId()
  const all = givenIn(definition)
  const one = all.find((given) => given.name === name)
  const [typed, setTyped] = useState(name)
  useEffect(() => setTyped(name), [name])
  if (one === undefined) return null
  const isPerson = one.entity === PERSON
  const at = ['given', name, one.entity]
  const isTaken = all.some((other) => other.name === typed && other.name !== name)
  const isName = /^[a-z][a-z0-9_]{0,39}$/.test(typed)
  const { roles: held, ...others } = one.values
  const names = all
    .filter((given) => given.name !== name)
    .map((given) => ({ value: given.name, label: `${given.name} · ${words.entityLabel(given.entity)}` }))
  return (
    <div className="inspector scenario-side">
      <div className="property">
        <label className="t13 property-title" htmlFor={`${id}-name`}>
          {t('scenarios.called')}
        </label>
        <Input
          id={`${id}-name`}
          className="mono-input"
          disabled={readOnly}
          spellCheck={false}
          status={isTaken || !isName ? 'error' : ''}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => (isTaken || !isName ? setTyped(name) : onRename(typed))}
          onPressEnter={({ currentTarget }) => currentTarget.blur()}
        />
        <p className={isTaken || !isName ? 'field-problem t13' : 't12 ink-3'}>
          {t(isTaken ? 'scenarios.nameTaken' : isName ? 'scenarios.calledHelp' : 'roles.nameInvalid')}
        </p>
      </div>
      {isPerson ? (
        <div className="property">
          <span className="t13 property-title">{t('scenarios.roles')}</span>
          <NamesSelect
            label={t('scenarios.roles')}
            value={held}
            choices={words.of('role')}
            readOnly={readOnly}
            onChange={(next) => set([...at, 'roles'], next ?? [])}
          />
        </div>
      ) : (
        <div className="property">
          <label className="t13 property-title" htmlFor={`${id}-entity`}>
            {t('scenarios.what')}
          </label>
          <Select
            id={`${id}-entity`}
            className="wide"
            disabled={readOnly}
            showSearch={{ optionFilterProp: 'label' }}
            value={one.entity}
            options={[...words.entities]}
            onChange={(next: string) => set(['given', name], { [next]: one.values }, true)}
            suffixIcon={<Icon name="chevron_down" />}
          />
        </div>
      )}
      <ValueRows
        title={t('scenarios.values')}
        path={at}
        values={isPerson ? others : one.values}
        fields={words.fieldChoices(one.entity).filter(({ value }) => !isPerson || value !== 'roles')}
        {...{ names, readOnly, set }}
      />
    </div>
  )
}
