import { DatePicker, type DatePickerProps } from 'antd'
import type { Dayjs } from 'dayjs'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clearingDay } from '../kit/clearing.tsx'
import { formatSpoken } from '../kit/format.ts'
import { Icon } from '../kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../kit/model-context.tsx'
import { wallClockOf } from '../kit/zoned.ts'
import type { TimeSaid } from '../times/time-words.ts'
import { loadTimeWords } from '../times/use-time-words.ts'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'
import './words-picker.css'

interface WordsPickerProps {
  readonly props: WidgetProps
  readonly shown: Dayjs | null
  /** What the words are stored as. */
  readonly storedOf: (said: TimeSaid) => string
  /** What of them is stored: it is repeated below before it is. */
  readonly partsOf: (said: TimeSaid) => readonly [date: string, time?: string]
  readonly picker: Pick<DatePickerProps, 'showTime' | 'format' | 'placeholder'>
  readonly onPick: (next: Dayjs | null) => void
}

/** A date in figures is the picker's own matter. */
const IN_WORDS = /\p{L}/u

/**
 * A picker of dates that understands words as well. What was understood stands below it while one types, and is the value
 * at once: whoever sends the form by a key has not lost it. The picker gets it when one is done with the words, since it
 * would write over them.
 */
export function WordsPicker({ props, shown, storedOf, partsOf, picker, onPick }: WordsPickerProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { timeZone } = useWork().model
  const [words, setWords] = useState('')
  const [said, setSaid] = useState<TimeSaid>()
  const [isOpen, setIsOpen] = useState(false)
  const [before, setBefore] = useState({ value: props.value, shown })
  const typed = useRef('')
  // The picker keeps what was typed as long as it has the focus: a new one shows the value, and has it too.
  const [round, setRound] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (round > 0) box.current?.querySelector('input')?.focus()
  }, [round])
  // Where a choice is the end of it, words are one with Enter alone.
  const isLive = props.options.open !== true || picker.showTime !== undefined
  const onInput = async (event: FormEvent<HTMLDivElement>): Promise<void> => {
    const text = (event.target as HTMLInputElement).value
    typed.current = text
    const isWords = IN_WORDS.test(text)
    const start = words === '' ? { value: props.value, shown } : before
    setBefore(start)
    if (!isWords) {
      if (words !== '') end(false)
      return
    }
    setWords(text)
    const read = await loadTimeWords()
    if (typed.current !== text) return
    const found = read(text, wallClockOf(new Date(), timeZone))
    const understood = found?.rest === '' ? found : undefined
    setSaid(understood)
    if (isLive) props.onChange(understood === undefined ? start.value : storedOf(understood))
  }
  const end = (isTaken: boolean): void => {
    typed.current = ''
    setIsOpen(false)
    setWords('')
    setSaid(undefined)
    const value = isTaken && said !== undefined ? storedOf(said) : before.value
    if (value !== props.value) props.onChange(value)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (words === '' || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing) return
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    end(event.key === 'Enter')
    setRound(round + 1)
  }
  const saidId = `${props.id}-said`
  const isWords = words !== ''
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what is typed into the picker that it holds
    <div
      ref={box}
      className="words-picker"
      onInput={(event) => void onInput(event)}
      onKeyDownCapture={onKeyDown}
      onFocus={() => void loadTimeWords()}
      onBlur={() => (isWords ? end(true) : undefined)}
    >
      <DatePicker
        key={round}
        {...ariaOf({
          ...props,
          describedBy: props.describedBy === undefined ? saidId : `${props.describedBy} ${saidId}`,
        })}
        {...picker}
        {...clearingDay(t('act.clearOf', { title: props.label }))}
        className="wide"
        status={statusOf(props)}
        autoFocus={props.autoFocus}
        disabled={props.readOnly}
        suffixIcon={<Icon name="calendar" />}
        open={isOpen}
        onOpenChange={setIsOpen}
        // Closing it would take the words back; it only steps aside for what was understood.
        classNames={{ popup: { root: isWords ? 'picker-aside' : '' } }}
        value={isWords ? before.shown : shown}
        onChange={onPick}
      />
      <p className={isWords ? 'time-said' : 'time-said idle'} id={saidId} role="status">
        {isWords && said !== undefined ? <Icon name="clock" size="small" /> : null}
        {isWords ? (said === undefined ? t('time.unclear') : formatSpoken(...partsOf(said), language)) : null}
      </p>
    </div>
  )
}
