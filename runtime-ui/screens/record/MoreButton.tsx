import { useTranslation } from 'react-i18next'
import { Button } from '../../kit/Button.tsx'

interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

/** Loads the next page of what happened earlier. */
export function MoreButton({ query }: { readonly query: Pages }) {
  const { t } = useTranslation()
  if (!query.hasNextPage) return null
  return (
    <Button
      className="more-button"
      disabled={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {t('record.earlier')}
    </Button>
  )
}
