import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { RemoveButton } from '../canvas/PartActs.tsx'
import type { Json, Path } from '../store/json-value.ts'
import { type Block, slotBeside } from './step-tree.ts'
import type { StepActs } from './steps-context.ts'

interface StepButtonsProps {
  readonly path: Path
  readonly step: Json
  readonly definition: Json
  readonly blocks: readonly Block[]
  readonly acts: StepActs
  readonly set: (path: Path, to: unknown) => void
}

/** What is done with the selected step as a whole: what dragging does, and further ways that it may take. */
export function StepButtons({ path, step, definition, blocks, acts, set }: StepButtonsProps) {
  const { t, i18n } = useTranslation()
  const isDrawn = blocks.some(({ isRequired }) => isRequired)
  const further = blocks.filter(({ key }) => !isDrawn && step[key] === undefined)
  const isStuck = (by: -1 | 1): boolean => slotBeside(definition, path, by) === undefined
  return (
    <>
      <Button size="small" disabled={isStuck(-1)} onClick={() => acts.moveBy(path, -1)}>
        {t('steps.up')}
      </Button>
      <Button size="small" disabled={isStuck(1)} onClick={() => acts.moveBy(path, 1)}>
        {t('steps.down')}
      </Button>
      {further.map(({ key, title }) => (
        <Button
          key={key}
          size="small"
          icon={<Icon name="branch" />}
          onClick={() => set([...path, key], [{ do: 'notify' }])}
        >
          {t('steps.alsoWay', { way: textIn(title, i18n.language, key) })}
        </Button>
      ))}
      <RemoveButton onRemove={() => acts.remove(path)} />
    </>
  )
}
