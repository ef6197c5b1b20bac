import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../runtime-ui/api/problem.ts'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'

/** All that is wrong with an archive, with the places, until it is closed: nothing of it was taken. */
export function RefusedSheet({
  problem,
  onClose,
}: {
  readonly problem: ApiProblem | undefined
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Sheet open={problem !== undefined} title={t('templates.refused')} onClose={onClose}>
      {problem === undefined ? null : (
        <div className="role-form" role="alert">
          <p className="ink-2">{t('templates.refusedText')}</p>
          <ul className="refused">
            {problem.items.map(({ path, message, hint }) => (
              <li key={`${path} ${message}`}>
                {path === '' ? null : <code>{path}</code>}
                <span>
                  {message} {hint}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Sheet>
  )
}
