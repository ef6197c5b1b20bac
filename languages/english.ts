import { en as designer } from '../designer/i18n/en.ts'
import { didYouMean, PROBLEMS } from '../engine/errors.ts'
import { NOUNS } from '../engine/fields/parts/nouns.ts'
import { TITLES } from '../engine/http/problem.ts'
import { NOTICES } from '../engine/notify/notices.ts'
import { MESSAGE_TEXTS } from '../engine/notify/system-messages.ts'
import { WEBFORM_TEXTS } from '../engine/portal/webform-texts.ts'
import type { ProblemKind } from '../engine/problems/problem.ts'
import type { WordPart } from '../engine/registry/words.ts'
import { en as pages } from '../runtime-ui/i18n/en.ts'
import type { TextPart } from '../runtime-ui/i18n/found-texts.ts'
import { brandEn as brand } from '../runtime-ui/screens/brand/i18n/en.ts'
import { helpEn as help } from '../runtime-ui/screens/help/i18n/en.ts'
import { requestsEn as requests } from '../runtime-ui/screens/requests/i18n/en.ts'
import { tourEn as tour } from '../runtime-ui/screens/tour/i18n/en.ts'

export type Texts = Readonly<Record<string, string>>

/** What faults keep from its start is told at the shell, which speaks English and Chinese. */
const AT_SHELL = /^START_/

const problems: Texts = Object.fromEntries([
  ...Object.entries<ProblemKind>(PROBLEMS).flatMap(([code, { message, hint }]) => {
    if (AT_SHELL.test(code)) return []
    return [[code, message.en], ...(hint === undefined ? [] : [[`${code}.hint`, hint.en]])]
  }),
  ['did_you_mean', didYouMean('{name}')!.en],
  ...NOUNS.map(({ key, en }) => [key, en]),
  ...Object.entries(TITLES).map(([status, title]) => [`status.${status}`, title.en]),
])

const notices: Texts = {
  ...Object.fromEntries(Object.entries(NOTICES).map(([key, { en }]) => [key, en])),
  ...MESSAGE_TEXTS,
}

/** Every text in English, by the part of the pages or of the engine that says it: what a further language is translated from. */
export const ENGLISH: Readonly<Record<TextPart | WordPart, Texts>> = {
  ...{ pages, designer, brand, help, requests, tour },
  ...{ problems, webform: WEBFORM_TEXTS.en, notices },
}
