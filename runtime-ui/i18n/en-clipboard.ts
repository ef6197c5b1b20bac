/** The texts of copying and pasting rows. */
export const clipboardEn = {
  'clipboard.change_one': 'Change the chosen record',
  'clipboard.change_other': 'Change the {{count}} chosen records',
  'clipboard.copied_one': '{{count}} row copied.',
  'clipboard.copied_other': '{{count}} rows copied.',
  'clipboard.create_one': 'Create a new record',
  'clipboard.create_other': 'Create {{count}} new records',
  'clipboard.fault.file':
    'Row {{row}}, {{field}}: files are not pasted; open the record and choose “{{value}}” there.',
  'clipboard.fault.locked': 'Row {{row}}, {{field}}: this column cannot be changed by pasting.',
  'clipboard.fault.many': 'Row {{row}}, {{field}}: several are called “{{value}}”.',
  'clipboard.fault.unknown': 'Row {{row}}, {{field}}: nothing that you may see is called “{{value}}”.',
  'clipboard.fault.value': 'Row {{row}}: “{{value}}” does not fit “{{field}}”.',
  'clipboard.file': 'Pasted rows',
  'clipboard.from': 'First column',
  'clipboard.goOn': 'Match the columns',
  'clipboard.rows': 'Pasted rows',
  'clipboard.title_one': 'Paste {{count}} row',
  'clipboard.title_other': 'Paste {{count}} rows',
  'clipboard.uneven_one': 'Choose as many records as you paste rows; {{count}} is chosen.',
  'clipboard.uneven_other': 'Choose as many records as you paste rows; {{count}} are chosen.',
} as const
