import { EARLY, type EarlyAnswers } from './api/early.ts'
import { addFoundLanguages } from './i18n/found-languages.ts'
import { acceptedFor } from './i18n/languages.ts'
import { languageOf, readPreferences } from './kit/remembered.ts'

/**
 * An entry of its own, which the page loads before everything else: who is here and what the model is are asked for while
 * the code that will ask for them is still on its way. See api/early.ts for who takes the answers.
 */
const IN_FRONT_OF_THE_DOOR = /^\/(sign-in|forgot-password|set-password)(\/|$)/

if (!IN_FRONT_OF_THE_DOOR.test(location.pathname)) {
  addFoundLanguages()
  const language = languageOf(readPreferences())
  const ask = (path: string): Promise<Response | undefined> =>
    fetch(path, {
      headers: { Accept: 'application/json', 'Accept-Language': acceptedFor(language) },
      credentials: 'same-origin',
    }).catch(() => undefined) // whoever wants it asks again, and tells that nobody answers
  const answers: EarlyAnswers = new Map(
    ['/api/auth/me', '/api/meta/model'].map((path) => [path, { language, answer: ask(path) }]),
  )
  Object.assign(window, { [EARLY]: answers })
}
