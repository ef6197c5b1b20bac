import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'

interface LabelledNameProps {
  /** Ids of its fields are made of it. */
  readonly id: string
  readonly label: string
  readonly name: string
  /** What somebody named it otherwise; undefined as long as its name follows from its label. */
  readonly typed: string | undefined
  readonly words: {
    readonly label: string
    readonly example: string
    /** Before the name that follows from the label. */
    readonly nameIs: string
    readonly name: string
    readonly nameHelp: string
  }
  readonly onLabel: (label: string) => void
  readonly onName: (name: string) => void
}

/** What something is called, with the name that follows from it and may be another one. */
export function LabelledName({ id, label, name, typed, words, onLabel, onName }: LabelledNameProps) {
  const { t } = useTranslation()
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-label`}>{words.label}</label>
        <Input
          id={`${id}-label`}
          autoFocus
          autoComplete="off"
          maxLength={60}
          placeholder={words.example}
          value={label}
          onChange={({ target }) => onLabel(target.value)}
        />
        {typed === undefined ? (
          <p className="t12 ink-3 made-name">
            <span>{words.nameIs}</span> <span className="mono">{name || '…'}</span>{' '}
            <Button type="link" size="small" onClick={() => onName(name)}>
              {t('sandboxes.addressChange')}
            </Button>
          </p>
        ) : null}
      </div>
      {typed === undefined ? null : (
        <div className="field">
          <label htmlFor={`${id}-name`}>{words.name}</label>
          <Input
            id={`${id}-name`}
            className="mono-input"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            value={typed}
            aria-describedby={`${id}-name-help`}
            onChange={({ target }) => onName(target.value)}
          />
          <p id={`${id}-name-help`} className="t12 ink-3">
            {words.nameHelp}
          </p>
        </div>
      )}
    </>
  )
}
