import type { TFunction } from 'i18next'

/** An administrative right in words; one that the pages do not know yet by its name. */
export const administrationWord = (right: string, t: TFunction): string =>
  t(`rights.administration.${right}`, { defaultValue: right.replaceAll(/[_:]/g, ' ') })
