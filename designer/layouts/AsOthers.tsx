import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { besideTexts } from '../../runtime-ui/i18n/index.ts'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import type { UiLanguage } from '../../runtime-ui/kit/remembered.ts'
import { AsPhone } from '../../runtime-ui/kit/use-media.ts'
import { WithEntity } from '../canvas/WithEntity.tsx'

interface AsOthersProps {
  readonly entity: Entity
  readonly language: UiLanguage
  readonly isPhone: boolean
  readonly children: ReactNode
}

/** Shows what is inside as others see it: in their language, on their device, with the entity as their roles meet it. */
export function AsOthers({ entity, language, isPhone, children }: AsOthersProps) {
  const texts = useQuery({
    queryKey: ['texts', language],
    queryFn: () => besideTexts(language),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (texts.data === undefined) return <LoadingRows />
  return (
    <I18nextProvider i18n={texts.data}>
      <WithEntity entity={entity}>
        <AsPhone.Provider value={isPhone ? true : undefined}>
          <div className={isPhone ? 'layout-device as-phone' : 'layout-device'} lang={language}>
            {children}
          </div>
        </AsPhone.Provider>
      </WithEntity>
    </I18nextProvider>
  )
}
