/** Texts of the inspector. */
export const inspectorEn = {
  'inspector.addEntry': 'Add',
  'inspector.addTo': 'Add to {{title}}',
  'inspector.down': 'Move {{title}} down',
  'inspector.entryName': 'Name of the entry',
  'inspector.helpOf': 'What “{{title}}” means',
  'inspector.leaveOut': 'Leave out {{title}}',
  'inspector.more': 'More properties',
  'inspector.ruleExample': "amount > 1000 and stage = 'won'",
  'inspector.ruleWay': 'How “{{title}}” is said',
  'inspector.ruleWay.build': 'Conditions',
  'inspector.ruleWay.write': 'In words',
  'inspector.up': 'Move {{title}} up',
  'inspector.way': 'How it is shown',
  'inspector.way.edit': 'Properties',
  'inspector.way.json': 'JSON',
  'inspector.way.picture': 'Picture',
} as const
