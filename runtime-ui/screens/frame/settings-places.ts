import type { TFunction } from 'i18next'
import type { IconName } from '../../kit/icons/paths.ts'
import { iconNamed } from '../../kit/icons/paths.ts'
import type { Work } from '../../kit/model-context.tsx'

/** One entry of the settings: for who looks after people, rights and definitions. */
export interface SettingsPlace {
  readonly key: string
  readonly label: string
  readonly icon: IconName
  readonly to: string
  /** Another page of ours: the designer. */
  readonly isOutside?: boolean
}

/** Entities that are found under the settings by who administers users. */
export const PEOPLE: readonly string[] = ['user', 'team']

/** What a person may look after, in the order in which one sets a workspace up. */
export function settingsPlaces({ me, model }: Work, t: TFunction): readonly SettingsPlace[] {
  const may = (right: string): boolean => me.administration.includes(right)
  const edits = me.definitions.length > 0
  const people = may('users') ? PEOPLE : []
  return [
    ...people.flatMap((name) => {
      const entity = model.entities.find((one) => one.name === name)
      if (entity?.rights.read !== true) return []
      const icon = iconNamed(entity.icon ?? name)
      return [{ key: name, label: entity.plural, icon, to: `/records/${name}` }]
    }),
    ...(edits
      ? [
          {
            key: 'roles',
            label: t('settings.roles'),
            icon: 'shield',
            to: '/designer/role',
            isOutside: true,
          } as const,
        ]
      : []),
    ...(may('users') || edits
      ? [{ key: 'who', label: t('rights.who'), icon: 'eye', to: '/who-sees' } as const]
      : []),
    ...(edits
      ? [{ key: 'requests', label: t('requests.title'), icon: 'message', to: '/requests' } as const]
      : []),
    ...(me.definitions.includes('setting')
      ? [{ key: 'brand', label: t('settings.brand'), icon: 'star', to: '/brand' } as const]
      : []),
    ...(may('audit')
      ? [{ key: 'audit', label: t('audit.title'), icon: 'history', to: '/audit' } as const]
      : []),
    ...(may('backups')
      ? [{ key: 'backups', label: t('backups.title'), icon: 'download', to: '/backups' } as const]
      : []),
    ...(edits
      ? [
          {
            key: 'designer',
            label: t('frame.designer'),
            icon: 'cube',
            to: '/designer',
            isOutside: true,
          } as const,
        ]
      : []),
  ]
}
