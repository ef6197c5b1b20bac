import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import type { ChangesetItem, Fault } from '../api.ts'
import { saidProblem } from '../inspector/said-problem.ts'
import { STEP, usePlaceWords } from '../inspector/use-place-words.ts'
import { definitionAddress } from '../places.ts'
import { keyOf } from '../store/draft.ts'
import { useStore } from '../store/store.tsx'

export interface ProblemListProps {
  readonly problems: readonly Fault[]
  /** Steps of a path before the definition's own begin: of a changeset `/role/sales`, which is then told too. */
  readonly below?: number
}

/** What is wrong, each with the place that it is about in the words of the page. */
export function ProblemList({ problems, below = 0 }: ProblemListProps) {
  const { t } = useTranslation()
  const { place, last: lastOf } = useProblemWords(below, problems)
  return (
    <ul className="problem-list">
      {problems.map((problem) => (
        <li key={`${problem.path}${problem.code}`}>
          <Place path={problem.path} isLink={below > 0}>
            {place(problem.path)}
          </Place>{' '}
          {saidProblem(problem, lastOf(problem.path), t)}
        </li>
      ))}
    </ul>
  )
}

interface PlaceProps {
  readonly path: string
  readonly isLink: boolean
  readonly children: string
}

/** The place of a problem, which leads there where the problem is of another page. */
function Place({ path, isLink, children }: PlaceProps) {
  const [kind, name, ...rest] = stepsOf(path)
  if (!isLink || kind === undefined || name === undefined) return <span className="strong">{children}</span>
  return (
    <Link className="strong" to={`${definitionAddress(kind, name)}#${rest.join('/')}`}>
      {children}
    </Link>
  )
}

/** The place of a problem in words: “Nurse: Patients, see”. */
export const useProblemPlace = (
  below: number,
  problems: readonly Fault[],
  items?: readonly ChangesetItem[],
): ((pointer: string) => string) => useProblemWords(below, problems, items).place

/** @param of the draft that the problems are of; absent: of the one that is open */
function useProblemWords(below: number, problems: readonly Fault[], of?: readonly ChangesetItem[]) {
  const { t, i18n } = useTranslation()
  const { index, items: opened } = useStore()
  const items = of === undefined ? opened : new Map(of.map((item) => [keyOf(item), item]))
  const kinds = below === 0 ? [] : [...new Set(problems.map(({ path }) => stepsOf(path)[0] ?? ''))]
  const words = usePlaceWords(kinds)
  const within = (pointer: string): string => {
    const steps = stepsOf(pointer)
    if (below === 0) return words('role', steps)
    const [kind = '', name = ''] = steps
    return words(kind, steps.slice(below), items.get(`${kind}/${name}`)?.definition)
  }
  const place = (pointer: string): string => {
    if (below === 0) return within(pointer)
    const [kind = '', name = ''] = stepsOf(pointer)
    const item = items.get(`${kind}/${name}`)?.definition
    const label = (item?.label as Parameters<typeof textIn>[0]) ?? index.get(`${kind}/${name}`)?.label
    const called = textIn(label, i18n.language, name)
    const inside = within(pointer)
    return called === '' || inside === ''
      ? `${called}${inside}`
      : t('drafts.placeOf', { of: called, place: inside })
  }
  return { place, last: (pointer: string): string => within(pointer).split(STEP).at(-1) ?? '' }
}

export const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
