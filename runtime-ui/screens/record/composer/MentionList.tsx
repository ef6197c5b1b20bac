import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../kit/Avatar.tsx'
import { scrollInside } from '../../../kit/scroll-inside.ts'
import type { MentionBox } from './use-mention.ts'

export const optionId = (list: string, index: number): string => `${list}-${index}`

/** Pixels below the list: the bar of a phone. */
const BELOW = 84

/** Whom one may mention, below the words. The field keeps the focus and hears the keys. */
export function MentionList({ id, box }: { readonly id: string; readonly box: MentionBox }) {
  const { t } = useTranslation()
  const lines = useRef<HTMLDivElement>(null)
  const { place, people, active, isSettled, isError } = box
  const isOpen = place !== undefined && people.length > 0
  // On a phone little is left above its keyboard; on a desk the keys go on below the edge of the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another line in use is another place to look at
  useEffect(() => {
    if (!isOpen) return
    const list = lines.current
    const line = list?.querySelector<HTMLElement>('.on')
    if (list == null || line == null) return
    scrollInside(list, { end: true, margin: BELOW })
    const over = line.offsetTop + line.offsetHeight - list.clientHeight
    list.scrollTop = Math.min(line.offsetTop, Math.max(list.scrollTop, over))
  }, [isOpen, active])
  const isNobody = isSettled && people.length === 0 && place !== undefined && place.words !== ''
  return (
    <>
      {!isOpen ? null : (
        <div ref={lines} id={id} className="mention-list" role="listbox" aria-label={t('mention.people')}>
          {people.map(({ id: person, label }, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the line in use
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys
            <div
              key={person}
              id={optionId(id, index)}
              role="option"
              aria-selected={index === active}
              className={index === active ? 'mention-line on' : 'mention-line'}
              onMouseMove={() => box.point(index)}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => box.choose(index)}
            >
              <Avatar name={label} person />
              <span className="cut">{label}</span>
            </div>
          ))}
        </div>
      )}
      <p className={isNobody || isError ? 'mention-none t12 ink-3' : 'visually-hidden'} role="status">
        {place === undefined
          ? ''
          : isError
            ? t('mention.failed')
            : isNobody
              ? t('mention.none')
              : people.length === 0
                ? ''
                : t('mention.found', { count: people.length })}
      </p>
    </>
  )
}
