import { useTranslation } from 'react-i18next'
import type { Entity, View } from '../../api/types.ts'
import { formatNumber } from '../../kit/format.ts'
import { useLanguage } from '../../kit/model-context.tsx'
import { Sums } from './Sums.tsx'

export interface ListFootProps {
  readonly entity: Entity
  readonly view: View | undefined
  readonly shown: number
  readonly count: number | undefined
  readonly totals: Readonly<Record<string, unknown>> | undefined
  readonly loadingMore: boolean
}

/** How many rows are there, and the sums that the view asks for. */
export function ListFoot({ entity, view, shown, count, totals, loadingMore }: ListFootProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const number = (value: number): string => formatNumber(value, language)
  return (
    <footer className="list-foot num">
      <span role="status">
        {loadingMore
          ? t('list.loadingMore')
          : t('list.shown', { shown: number(shown), count: number(Math.max(count ?? shown, shown)) })}
      </span>
      <Sums entity={entity} view={view} totals={totals} />
    </footer>
  )
}
