import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { importProgress, type Upload } from '../../api/imports.ts'
import type { Entity } from '../../api/types.ts'
import { formatNumber } from '../../kit/format.ts'
import { useLanguage } from '../../kit/model-context.tsx'
import { ProgressBar } from '../../kit/ProgressBar.tsx'

const ASK_EVERY_MS = 500

/** How far an import is. It goes on where nobody looks. */
export function Progress({ entity, upload }: { readonly entity: Entity; readonly upload: Upload }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { data } = useQuery({
    queryKey: ['import-progress', upload.id],
    queryFn: () => importProgress(entity.name, upload.id),
    refetchInterval: ASK_EVERY_MS,
    gcTime: 0,
  })
  const done = data?.done ?? 0
  return (
    <div className="import-progress">
      <ProgressBar label={t('import.running')} done={done} total={upload.rows} />
      <p className="t13 ink-2 num" role="status">
        {t('import.progress', {
          done: formatNumber(done, language),
          total: formatNumber(upload.rows, language),
        })}
      </p>
    </div>
  )
}
