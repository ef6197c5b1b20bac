import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { textIn } from '../metadata/text.ts'
import { IconButton } from '../runtime-ui/kit/Button.tsx'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../runtime-ui/kit/Menu.tsx'
import { NewDefinitionSheet } from './NewDefinitionSheet.tsx'
import { kindAddress } from './places.ts'
import type { Json } from './store/json-value.ts'
import { useDefinition } from './store/store.tsx'

const RemoveSheet = lazy(async () => ({ default: (await import('./review/RemoveSheet.tsx')).RemoveSheet }))

interface DefinitionMenuProps {
  readonly kind: string
  readonly name: string
  readonly definition: Json
}

/** What is done with a definition as a whole: a copy, back to what is in force, its end. */
export function DefinitionMenu({ kind, name, definition }: DefinitionMenuProps) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const { isNew, inForce, remove, restore } = useDefinition({ kind, name })
  const [copies, setCopies] = useState(false)
  const [renames, setRenames] = useState(false)
  const [removes, setRemoves] = useState(false)
  const items = [
    {
      key: 'rename',
      icon: <Icon name="edit" />,
      label: t('designer.rename'),
      onClick: () => setRenames(true),
    },
    {
      key: 'copy',
      icon: <Icon name="document" />,
      label: t('designer.copyOf'),
      onClick: () => setCopies(true),
    },
    ...(inForce === undefined || inForce === definition
      ? []
      : [{ key: 'restore', icon: <Icon name="undo" />, label: t('designer.asInForce'), onClick: restore }]),
    {
      key: 'remove',
      danger: true,
      icon: <Icon name="trash" />,
      label: t('designer.remove'),
      onClick: () => {
        if (inForce !== undefined) return setRemoves(true)
        remove()
        if (isNew) void navigate(kindAddress(kind))
      },
    },
  ]
  return (
    <>
      <Menu items={items} placement="bottomRight">
        <IconButton label={t('act.more')} icon={<Icon name="more" />} />
      </Menu>
      <NewDefinitionSheet
        kind={kind}
        from={definition}
        renames
        open={renames}
        onClose={() => setRenames(false)}
      />
      <NewDefinitionSheet kind={kind} from={definition} open={copies} onClose={() => setCopies(false)} />
      {removes ? (
        <Suspense fallback={null}>
          <RemoveSheet
            gone={{ kind, name, others: [] }}
            title={textIn(definition.label as Parameters<typeof textIn>[0], i18n.language, name)}
            onClose={() => setRemoves(false)}
            onRemoved={() => setRemoves(false)}
          />
        </Suspense>
      ) : null}
    </>
  )
}
