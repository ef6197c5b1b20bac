import { en as designer } from '../designer/i18n/en.ts'
import { en as pages } from '../runtime-ui/i18n/en.ts'
import type { TextPart } from '../runtime-ui/i18n/found-texts.ts'
import { brandEn as brand } from '../runtime-ui/screens/brand/i18n/en.ts'
import { helpEn as help } from '../runtime-ui/screens/help/i18n/en.ts'
import { requestsEn as requests } from '../runtime-ui/screens/requests/i18n/en.ts'
import { tourEn as tour } from '../runtime-ui/screens/tour/i18n/en.ts'

export type Texts = Readonly<Record<string, string>>

/** Every text of the pages in English, by the part that says it: what a further language is translated from. */
export const ENGLISH: Readonly<Record<TextPart, Texts>> = { pages, designer, brand, help, requests, tour }
