/** The texts of forms that are filled from a text. */
export const pasteEn = {
  'form.drop': 'Discard it',
  'form.restored': 'What you typed before the page was reloaded is here again.',
  'paste.act': 'Fill from a text',
  'paste.example': 'A business card, a mail signature, a message with an address',
  'paste.fill_one': 'Fill {{count}} field',
  'paste.fill_other': 'Fill {{count}} fields',
  'paste.found': 'What was understood',
  'paste.left': 'Not used:',
  'paste.look': 'From the text: please look it over.',
  'paste.none': 'Nothing was understood that this form asks for.',
  'paste.nothingStored': 'Nothing is stored before you save the form.',
  'paste.text': 'Text',
  'paste.title': 'Fill from a text',
} as const
