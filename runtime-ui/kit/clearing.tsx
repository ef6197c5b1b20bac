import { Icon } from './icons/Icon.tsx'

/**
 * What empties a choice, named after what it empties: beside several others “Clear” alone tells nobody which.
 * @param label such as `t('act.clearOf', { title })`
 */
export const clearing = (label: string) => ({ label, clearIcon: <Icon name="close" size="small" /> })
