import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { entityOptions, isEntityFound } from './entity-options.ts'
import { useModelPicture } from './model-context.ts'
import type { EntityCard } from './model-graph.ts'

/** Finds an entity by its label or name, and brings it into sight. */
export function ModelFinder({ cards }: { readonly cards: readonly EntityCard[] }) {
  const { t } = useTranslation()
  const { seek, called } = useModelPicture()
  return (
    <Select
      className="model-finder"
      showSearch={{ filterOption: isEntityFound }}
      value={null}
      placeholder={t('model.find')}
      aria-label={t('model.find')}
      suffixIcon={<Icon name="search" />}
      options={entityOptions(cards, called)}
      onSelect={(name: string | null) => {
        if (name !== null) seek(name)
      }}
    />
  )
}
