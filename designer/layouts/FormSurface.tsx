import { useDroppable } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { State } from '../../runtime-ui/kit/State.tsx'
import { useLayoutPicture } from './layout-context.ts'
import { SectionCard } from './SectionCard.tsx'

/** The form as it is arranged. @param onArrange begins with what would be generated */
export function FormSurface({ onArrange }: { readonly onArrange: () => void }) {
  const { t } = useTranslation()
  const { sections, dragged, readOnly, acts } = useLayoutPicture()
  const last = useDroppable({
    id: 'last-section',
    data: { beforeSection: sections?.length ?? 0 },
  })
  if (sections === undefined) {
    return (
      <div className="layout-sheet">
        <State joint="empty" title={t('layouts.generated')} text={t('layouts.generatedText')}>
          {readOnly ? null : <Button onClick={onArrange}>{t('layouts.arrange')}</Button>}
        </State>
      </div>
    )
  }
  const isTaking = dragged !== undefined && 'section' in dragged
  return (
    <div className="layout-sheet">
      <ol className="layout-sections">
        {sections.map((section, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a section is its place in the list until it is moved.
          <SectionCard key={at} {...{ section, at }} />
        ))}
      </ol>
      {readOnly ? null : (
        <button
          ref={last.setNodeRef}
          type="button"
          className={isTaking && last.isOver ? 'layout-add over' : 'layout-add'}
          onClick={() => acts.addSection(sections.length - 1)}
        >
          <Icon name="plus" />
          {t('layouts.addSection')}
        </button>
      )}
    </div>
  )
}
