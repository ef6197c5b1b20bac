import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useShowAll } from '../canvas/Canvas.tsx'
import { useModelPicture } from './model-context.ts'
import type { Group } from './model-groups.ts'

interface FoldAllProps {
  readonly groups: readonly Group[]
  readonly folded: ReadonlySet<string>
}

/** Folds all groups, so that a large model is seen as a whole; unfolds them again. */
export function FoldAll({ groups, folded }: FoldAllProps) {
  const { t } = useTranslation()
  const { fold } = useModelPicture()
  const showAll = useShowAll()
  if (groups.length === 0) return null
  const isFolded = groups.every(({ label }) => folded.has(label))
  return (
    <Button
      icon={<Icon name={isFolded ? 'chevron_right' : 'chevron_down'} />}
      onClick={() => {
        fold(
          groups.map(({ label }) => label),
          !isFolded,
        )
        showAll()
      }}
    >
      {t(isFolded ? 'model.group.unfoldAll' : 'model.group.foldAll')}
    </Button>
  )
}
