/** The texts of two people on one record. */
export const conflictEn = {
  'conflict.allTheirs': 'All as {{who}} has it',
  'conflict.allYours': 'All as I have it',
  'conflict.back': 'Back to the form',
  'conflict.early': 'What was changed meanwhile',
  'conflict.kept': 'No conflict: these stay as they are',
  'conflict.none': '{{who}} has changed other fields of this record. Both changes fit together.',
  'conflict.reload': 'Discard mine, show theirs',
  'conflict.save': 'Save',
  'conflict.take': 'Put into the form',
  'conflict.text':
    '{{who}} has changed this record while you were editing. Choose for each field which value stands.',
  'conflict.title': 'Someone else saved first',
  'conflict.yours': 'You',
  'form.gone': 'The record is no longer there, or no longer visible to you. What you typed is still here.',
  'form.savedAlong': '“{{title}}” is saved. What {{who}} had changed meanwhile stays as well.',
  'inline.clash':
    '{{who}} has changed this meanwhile. Save once more to put your value in its place; Esc keeps theirs.',
  'inline.now': 'Stored now:',
  'meanwhile.changed': '{{who}} has changed {{fields}} since you opened this form.',
  'meanwhile.clashes': 'You have another value in {{fields}}; you choose when you save.',
  'meanwhile.compare': 'Compare',
  'meanwhile.fits': 'What you typed stays; both changes are kept when you save.',
  'meanwhile.somebody': 'Someone else',
  'meanwhile.take': 'Show in the form',
  'meanwhile.taken': '{{who}} has just changed {{fields}}; the form shows it.',
}
