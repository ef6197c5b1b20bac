import { readFurtherWords } from '../model/further-words.ts'
import { LANGUAGES_FOLDER } from '../model/languages.ts'
import type { WordsByTag } from '../registry/words.ts'
import { messageTextFault } from './system-messages.ts'

/**
 * What further languages say for the engine, their mails looked at as well.
 * @param folder where they have their folders
 * @throws AppError START_LANGUAGE_FILE_INVALID
 */
export const readWords = (folder = LANGUAGES_FOLDER): WordsByTag =>
  readFurtherWords(folder, (part, key, text) =>
    part === 'notices' ? messageTextFault(key, text) : undefined,
  )
