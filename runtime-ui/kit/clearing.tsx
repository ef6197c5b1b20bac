import type { DatePickerProps } from 'antd'
import { Icon } from './icons/Icon.tsx'

/**
 * What empties a choice, named after what it empties: beside several others “Clear” alone tells nobody which.
 * @param label such as `t('act.clearOf', { title })`
 */
export const clearing = (label: string) => ({ label, clearIcon: CROSS })

const CROSS = <Icon name="close" size="small" />

/** The same for a day that is picked: what it is called is a word of the picker's language. */
export const clearingDay = (label: string): Pick<DatePickerProps, 'locale' | 'allowClear'> => ({
  allowClear: { clearIcon: CROSS },
  // It is put over the other words of that language.
  locale: { lang: { clear: label } } as NonNullable<DatePickerProps['locale']>,
})
