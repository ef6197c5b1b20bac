import { Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { scrollInside } from '../../../runtime-ui/kit/scroll-inside.ts'
import { completionAt, type RuleOffer } from '../rule-completion.ts'
import { useRuleNames } from '../use-rule-names.ts'
import './rule-text.css'

interface RuleTextProps {
  readonly id: string
  /** What the rule is about; undefined where that is not one entity: then functions alone are offered. */
  readonly entity: string | undefined
  readonly value: string
  readonly rows: { readonly minRows: number; readonly maxRows: number }
  readonly placeholder: string
  readonly isFaulty: boolean
  readonly disabled?: boolean
  readonly describedBy?: string
  readonly onChange: (text: string) => void
  readonly onBlur?: () => void
}

/** Pixels below the list, so that its edge is seen. */
const BELOW = 12

/**
 * A rule as people type it. What may come next is offered below while they type: fields by name or label, options of the
 * field that is compared, functions. Arrows and Enter or Tab choose, Escape puts the list away, Ctrl+Space asks for it.
 */
export function RuleText({ id, entity, value, rows, placeholder, isFaulty, ...given }: RuleTextProps) {
  const { t } = useTranslation()
  const list = useId()
  const field = useRef<TextAreaRef>(null)
  const names = useRuleNames(entity)
  const [asked, setAsked] = useState<{ readonly caret: number; readonly isAsked: boolean }>()
  const [active, setActive] = useState(0)
  const next = useRef<number>(undefined)
  const found = asked === undefined ? undefined : completionAt(value, asked.caret, names, asked.isAsked)
  const offers = found?.offers ?? []
  const at = Math.min(active, Math.max(0, offers.length - 1))
  const area = (): HTMLTextAreaElement | null => field.current?.resizableTextArea?.textArea ?? null
  useLayoutEffect(() => {
    if (next.current === undefined) return
    area()?.setSelectionRange(next.current, next.current)
    next.current = undefined
  })
  const look = (caret: number, isAsked = false): void => {
    setAsked({ caret, isAsked })
    setActive(0)
  }
  const take = (offer: RuleOffer): void => {
    if (found === undefined) return
    next.current = found.start + offer.insert.length - offer.back
    given.onChange(value.slice(0, found.start) + offer.insert + value.slice(found.end))
    setAsked(undefined)
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault()
      look(event.currentTarget.selectionStart, true)
      return
    }
    if (offers.length === 0 || event.nativeEvent.isComposing) return
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by !== 0) setActive((at + by + offers.length) % offers.length)
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) take(offers[at]!)
    else if (event.key === 'Escape') setAsked(undefined)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <Input.TextArea
        ref={field}
        id={id}
        className="mono-input"
        disabled={given.disabled === true}
        spellCheck={false}
        autoSize={rows}
        placeholder={placeholder}
        status={isFaulty ? 'error' : ''}
        aria-describedby={given.describedBy}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={offers.length > 0 ? list : undefined}
        aria-activedescendant={offers.length > 0 ? `${list}-${at}` : undefined}
        value={value}
        onChange={({ target }) => {
          given.onChange(target.value)
          look(target.selectionStart)
        }}
        onSelect={({ currentTarget: { selectionStart, selectionEnd } }) => {
          if (asked !== undefined && (selectionStart !== selectionEnd || selectionStart !== asked.caret))
            setAsked(undefined)
        }}
        onBlur={() => {
          setAsked(undefined)
          given.onBlur?.()
        }}
        onKeyDown={press}
      />
      {offers.length === 0 ? null : <Offers {...{ list, offers, at }} onPoint={setActive} onTake={take} />}
      <p className="visually-hidden" role="status">
        {offers.length === 0 ? '' : t('inspector.ruleOffered', { count: offers.length })}
      </p>
    </>
  )
}

interface OffersProps {
  readonly list: string
  readonly offers: readonly RuleOffer[]
  readonly at: number
  readonly onPoint: (index: number) => void
  readonly onTake: (offer: RuleOffer) => void
}

function Offers({ list, offers, at, onPoint, onTake }: OffersProps) {
  const { t } = useTranslation()
  const lines = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (lines.current !== null) scrollInside(lines.current, { end: true, margin: BELOW })
  }, [])
  return (
    <div ref={lines} id={list} className="rule-offers" role="listbox" aria-label={t('inspector.ruleOffers')}>
      {offers.map((offer, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the line in use
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys
        <div
          key={`${offer.insert} ${offer.label}`}
          id={`${list}-${index}`}
          role="option"
          aria-selected={index === at}
          className={index === at ? 'rule-offer on' : 'rule-offer'}
          onMouseMove={() => onPoint(index)}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(offer)}
        >
          <span className="cut">{offer.label}</span>
          <span className="end mono ink-3 cut">{offer.detail}</span>
        </div>
      ))}
    </div>
  )
}
