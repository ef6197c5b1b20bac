import { useTranslation } from 'react-i18next'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useShortcut } from '../../kit/use-shortcut.ts'
import { setNarrowNav, useIsNarrowNav } from './use-nav-width.ts'

/** Makes the navigation narrow and wide again. */
export function NavFold() {
  const { t } = useTranslation()
  const isNarrow = useIsNarrowNav()
  const toggle = (): void => setNarrowNav(!isNarrow)
  useShortcut(
    '\\',
    (event) => {
      event.preventDefault()
      toggle()
    },
    { mod: true },
  )
  return (
    <IconButton
      className="nav-fold"
      label={t(isNarrow ? 'frame.widen' : 'frame.fold')}
      aria-expanded={!isNarrow}
      icon={<Icon name={isNarrow ? 'chevron_right' : 'chevron_left'} />}
      onClick={toggle}
    />
  )
}
