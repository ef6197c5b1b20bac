import { Select } from 'antd'
import type { ActionProps, VersatileSelectorProps } from 'react-querybuilder'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'

/** Adds or removes a condition or a group: quiet, since Apply is the one primary act. */
export function FilterAction({ className, handleOnClick, title, disabled }: ActionProps) {
  const text = title ?? ''
  const shared = {
    className,
    disabled: disabled === true,
    onClick: (event: React.MouseEvent) => handleOnClick(event),
  }
  if (/remove/i.test(className ?? ''))
    return <IconButton {...shared} label={text} icon={<Icon name="close" />} />
  return (
    <Button {...shared} icon={<Icon name="plus" size="small" />}>
      {text}
    </Button>
  )
}

/** Chooses a field, a comparison, or how conditions combine. */
export function FilterSelect({
  className,
  handleOnChange,
  options,
  value,
  title,
  disabled,
}: VersatileSelectorProps) {
  const list = options as readonly { readonly name: string; readonly label: string }[]
  return (
    <Select
      {...(className === undefined ? {} : { className })}
      {...(title === undefined ? {} : { 'aria-label': title })}
      disabled={disabled === true}
      showSearch={{ optionFilterProp: 'label' }}
      suffixIcon={<Icon name="chevron_down" />}
      value={value}
      options={list.map(({ name, label }) => ({ value: name, label }))}
      onChange={(next: string) => handleOnChange(next)}
    />
  )
}
