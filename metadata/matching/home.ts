/** The country of a phone number that names none. */
export const HOME_COUNTRY = 'CN'
export const HOME_CALLING = '+86'

/** What is dialled once the call is taken. */
export const PHONE_EXTENSION = /(?:转|轉|分机|ext\.?|x|#)\s*\d+\s*$/i
