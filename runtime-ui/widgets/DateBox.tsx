import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { WordsPicker } from './WordsPicker.tsx'
import type { WidgetProps } from './widget.ts'

/** A day, written, said in words, or picked. */
export function DateBox(props: WidgetProps) {
  const { t } = useTranslation()
  return (
    <WordsPicker
      props={props}
      shown={typeof props.value === 'string' ? dayjs(props.value) : null}
      storedOf={({ date }) => date}
      partsOf={({ date }) => [date]}
      picker={{ placeholder: t('time.day') }}
      onPick={(next) => props.onChange(next === null ? undefined : next.format('YYYY-MM-DD'))}
    />
  )
}
